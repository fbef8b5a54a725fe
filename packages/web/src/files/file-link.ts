import { filesPath, restPaths } from '@aqueduct/client/protocol';
import { basePath, serverAddress } from '../session/base.ts';
import type { LinkTarget } from '../ui/markdown/link-target.ts';

interface AddressOptions {
  /** Saved instead of shown. */
  readonly download?: boolean;
  /** For a sandboxed frame: its scripts may run, without our origin and without network. */
  readonly frame?: boolean;
}

/** Where the bytes of a file are. */
export function fileAddress(experimentUuid: string, name: string, options: AddressOptions = {}): string {
  const query = options.download ? '?download' : options.frame ? '?view=frame' : '';
  return `${serverAddress}${filesPath(experimentUuid)}/${encodeURIComponent(name)}${query}`;
}

/** Where files of an experiment are as one zip; all of them where no names are given. */
export function zipAddress(experimentUuid: string, names: readonly string[] = []): string {
  const query = new URLSearchParams(names.map((name) => ['name', name]));
  return `${serverAddress}${restPaths.zip}/${experimentUuid}${names.length > 0 ? `?${query}` : ''}`;
}

/** The page that shows a file in the viewer. */
export function filePage(eid: string, name: string): string {
  return `${basePath}aqd/experiments/${encodeURIComponent(eid)}?${new URLSearchParams({ file: name })}`;
}

/** What a relative link means in a text of an experiment: one of its files. */
export function fileLinkOf(experimentUuid: string, eid: string, link: string): LinkTarget | undefined {
  const name = decoded(link.replace(/[?#].*$/s, '').replace(/^(\.\/)+/, ''));
  // Files lie in no folders, so what leads elsewhere leads nowhere.
  if (name === '' || name.includes('/')) return undefined;
  const [hash = ''] = /#.*$/s.exec(link) ?? [];
  return { source: fileAddress(experimentUuid, name), page: `${filePage(eid, name)}${hash}` };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
