import { InvalidArgumentError } from '../errors/errors.ts';
import { readBlob } from './browser-read-blob.ts';
import { sendFile } from './browser-send-file.ts';
import { uploadMemory } from './browser-upload-memory.ts';
import { openBlob } from './open-blob.ts';
import { openStream } from './open-stream.ts';
import type { OpenSource, Platform, UploadSource } from './platform.ts';
import { wasRead } from './was-read.ts';

export const platform: Platform = {
  environmentToken: () => undefined,
  mostStreams: 3,
  openSource,
  sendFile,
  uploadMemory,
  readBlob,
  saveFile: async () => {
    throw new InvalidArgumentError(
      'A browser has no folders to download to. Use experiment.readFile(name) instead.',
    );
  },
};

async function openSource(source: UploadSource): Promise<OpenSource> {
  if (typeof source === 'string' || source instanceof URL) {
    throw new InvalidArgumentError(
      'A browser can not read paths. Give a File or Blob, say of <input type="file">.',
    );
  }
  if (source instanceof Blob) return openBlob(source);
  if ('getReader' in source && isUsed(source)) throw wasRead();
  return openStream(source);
}

/** A locked stream says so; one that was read and left is no body any more. */
function isUsed(stream: ReadableStream): boolean {
  try {
    new Response(stream);
    return false;
  } catch {
    return true;
  }
}
