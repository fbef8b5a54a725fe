import type { RangeCache } from './range-cache.ts';

const FOLDER = '/shown';
const NAME = 'file';
const FOLDER_MODE = 0o40555;
const FILE_MODE = 0o100444;
const NO_SUCH_FILE = 44;
const INVALID = 28;
const FROM_HERE = 1;
const FROM_END = 2;

interface Node {
  readonly id: number;
  mode: number;
  size: number;
  node_ops: object;
  stream_ops: object;
}

interface Stream {
  readonly node: Node;
  readonly position: number;
}

/** What is used of Emscripten's file system. */
export interface FileSystem {
  createNode(parent: Node | null, name: string, mode: number, dev: number): Node;
  mkdir(path: string): void;
  mount(type: { mount(): Node }, options: object, path: string): unknown;
  readonly ErrnoError: new (errno: number) => Error;
}

/**
 * Puts a file into the file system of the HDF5 library, read through a cache instead of held in memory.
 *
 * @returns its path there.
 */
export function mountFile(FS: FileSystem, cache: RangeCache): string {
  const operations = {
    getattr: (node: Node) => ({
      dev: 1,
      ino: node.id,
      mode: node.mode,
      nlink: 1,
      uid: 0,
      gid: 0,
      rdev: 0,
      size: node.size,
      atime: new Date(0),
      mtime: new Date(0),
      ctime: new Date(0),
      blksize: 4096,
      blocks: Math.ceil(node.size / 4096),
    }),
    // A file that HDF5 links to is another one of the experiment: there is none beside this one.
    lookup: (parent: Node, name: string): Node => {
      if (name === NAME) return nodeOf(parent, NAME, FILE_MODE, cache.size);
      throw new FS.ErrnoError(NO_SUCH_FILE);
    },
    readdir: () => ['.', '..', NAME],
  };
  const streamOperations = {
    read: (_: Stream, buffer: Uint8Array, offset: number, length: number, position: number) =>
      // The library's memory may be offered as signed bytes.
      cache.readInto(new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length), position),
    llseek: ({ node, position }: Stream, offset: number, whence: number) => {
      const base = whence === FROM_HERE ? position : whence === FROM_END ? node.size : 0;
      if (base + offset < 0) throw new FS.ErrnoError(INVALID);
      return base + offset;
    },
  };
  const nodeOf = (parent: Node | null, name: string, mode: number, size: number) =>
    Object.assign(FS.createNode(parent, name, mode, 0), {
      size,
      node_ops: operations,
      stream_ops: streamOperations,
    });
  FS.mkdir(FOLDER);
  FS.mount({ mount: () => nodeOf(null, '/', FOLDER_MODE, 4096) }, {}, FOLDER);
  return `${FOLDER}/${NAME}`;
}
