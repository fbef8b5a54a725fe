import { ready } from 'h5wasm';
import type { FileSystem } from './mount-file.ts';

const PLUGINS = '/plugins';

/** The HDF5 library, in WebAssembly. Its failures are thrown, and its plugins are taken from a folder of ours. */
export async function hdf5Library() {
  const library = await ready;
  library.activate_throwing_error_handler();
  library.remove_plugin_search_path(0);
  library.insert_plugin_search_path(PLUGINS, 0);
  library.FS.mkdirTree(PLUGINS);
  return library;
}

export type Hdf5Library = Awaited<ReturnType<typeof hdf5Library>>;

/** Gives the library the code of a compression; what it has already stays. */
export function addPlugin({ FS }: Hdf5Library, name: string, read: () => Uint8Array): void {
  const path = `${PLUGINS}/libH5Z${name}.so`;
  if (!FS.analyzePath(path, false).exists) FS.writeFile(path, read());
}

/** Emscripten's types know less than there is. */
export function fileSystemOf({ FS }: Hdf5Library): FileSystem {
  return FS as unknown as FileSystem;
}
