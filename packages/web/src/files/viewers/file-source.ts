import { filesPath } from '@aqueduct/client/protocol';
import { connection } from '../../session/ask.ts';
import { serverAddress } from '../../session/base.ts';
import type { LinkTarget } from '../../ui/markdown/link-target.ts';
import { fileAddress, fileLinkOf } from '../file-link.ts';
import type { ListedFile } from '../use-files.ts';
import type { FileLocation } from './read-range.ts';

/** What says which viewers can show a file. */
export interface FileKind {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** The media type. */
  readonly type: string;
  /** The first bytes, where the name does not say what it is. */
  readonly head?: Uint8Array | undefined;
}

/** A part of a file; both ends belong to it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What a viewer gets of a file: what it needs to show it, but no session. */
export interface FileSource extends FileKind {
  /** Tells files apart. */
  readonly id: string;
  /** Another text when the bytes are others: the SHA-256. */
  readonly changed: string;
  /** Reads the bytes, or a part of them. Fails with a sentence when the file is gone. */
  read(range?: ByteRange, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /** For `readRange`: where this version of it is read in parts. */
  readonly location: FileLocation;
  /** What a relative link in the file means. */
  resolve(link: string): LinkTarget | undefined;
  /** Address for a sandboxed frame: what it answers may run scripts, but without our origin and without network. */
  readonly frame: string;
}

/** A file of an experiment as a source for viewers. */
export function fileSource(
  experimentUuid: string,
  eid: string,
  file: Pick<ListedFile, 'name' | 'size' | 'mediaType' | 'sha256'>,
): FileSource {
  const { name, size, mediaType, sha256 } = file;
  // Each version has an address of its own: asked for a range, Chromium's cache takes the length of the version that it
  // knows for that of the new one.
  const path = `${filesPath(experimentUuid)}/${encodeURIComponent(name)}?version=${sha256}`;
  return {
    id: `${experimentUuid}/${name}`,
    name,
    size,
    type: mediaType,
    changed: sha256,
    frame: fileAddress(experimentUuid, name, { frame: true }),
    location: { name, size, url: `${serverAddress}${path}`, version: sha256 },
    resolve: (link) => fileLinkOf(experimentUuid, eid, link),
    async read(range, signal) {
      const answer = await connection.open({
        method: 'GET',
        path,
        headers: range && size > 0 ? { Range: `bytes=${range.start}-${range.end}` } : {},
        signal,
      });
      return joined(await Array.fromAsync(answer.chunks));
    },
  };
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
