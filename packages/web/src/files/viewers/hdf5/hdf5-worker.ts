import { type FileLocation, readRangeNow } from '../read-range.ts';
import { failureOf } from './failure-of.ts';
import { Hdf5File } from './hdf5-file.ts';
import { addPlugin, fileSystemOf, hdf5Library } from './hdf5-library.ts';
import { mountFile } from './mount-file.ts';
import { plugins } from './plugin-of.ts';
import { RangeCache } from './range-cache.ts';

/** What can be asked of a file. */
export type Hdf5Calls = Pick<Hdf5File, 'entity' | 'value' | 'attributes' | 'paths' | 'datasets' | 'numbers'>;

/** The first message names the file; each of the others is a call. */
export interface Hdf5Call {
  readonly name: keyof Hdf5Calls;
  readonly arguments: readonly unknown[];
}

/** `progress`: it goes on. `broken`: what failed is not the call but the reading, and nothing more can be asked. */
export type Hdf5Answer =
  | { readonly kind: 'progress' }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'failed' | 'broken'; readonly message: string };

let opening: Promise<Hdf5File> | undefined;
/** A failure of the network, or of its own code, leaves the library in between. */
let broken: Error | undefined;

addEventListener('message', ({ data }: MessageEvent<FileLocation | Hdf5Call>) => {
  if ('url' in data) opening = open(data);
  else void answer(data);
});

async function open(location: FileLocation): Promise<Hdf5File> {
  const library = await hdf5Library();
  const cache = new RangeCache(location.size, (start, end) => {
    tell({ kind: 'progress' });
    return fetched(() => readRangeNow(location, start, end));
  });
  return new Hdf5File(library, mountFile(fileSystemOf(library), cache), (id) => {
    const plugin = plugins[id];
    if (plugin) addPlugin(library, plugin.name, () => fetched(() => download(plugin.url)));
  });
}

/** Reads from the server, and remembers that it could not be done. */
function fetched(read: () => Uint8Array): Uint8Array {
  try {
    return read();
  } catch (error) {
    broken = failureOf(error);
    throw error;
  }
}

async function answer({ name, arguments: values }: Hdf5Call): Promise<void> {
  try {
    const file = await opening;
    if (!file) throw new Error('No file was named.');
    const call = file[name] as (...values: unknown[]) => unknown;
    const value = call.apply(file, [...values]);
    tell({ kind: 'value', value }, buffersOf(value));
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError)
      broken = new Error(`The HDF5 library failed on this file, which may be damaged (${error.message}).`);
    const { message } = broken ?? failureOf(error);
    tell({ kind: broken ? 'broken' : 'failed', message });
  }
}

function tell(message: Hdf5Answer, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}

/** What is handed over instead of copied. */
function buffersOf(value: unknown): Transferable[] {
  const parts =
    typeof value === 'object' && value !== null ? [value, ...Object.values(value).slice(0, 2)] : [];
  return parts.flatMap((part) => (ArrayBuffer.isView(part) ? [part.buffer as ArrayBuffer] : []));
}

function download(url: string): Uint8Array {
  const request = new XMLHttpRequest();
  request.open('GET', url, false);
  request.responseType = 'arraybuffer';
  request.send();
  if (request.status !== 200)
    throw new Error(`The code of a compression is not there (status ${request.status}).`);
  return new Uint8Array(request.response);
}
