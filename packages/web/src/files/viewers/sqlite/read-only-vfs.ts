import type { Sqlite3Static, WasmPointer } from '@sqlite.org/sqlite-wasm';
import type { FileLocation } from '../read-range.ts';
import { BlockCache } from './block-cache.ts';

/** The name of the file system below. */
export const READER = 'aqueduct-reader';

const HEADER = 'SQLite format 3\0';
/** Offsets of the two versions of the format in the header (sqlite.org/fileformat.html, 1.3). */
const WRITE_VERSION = 18;
const READ_VERSION = 19;
const ROLLBACK_JOURNAL = 1;
const LONGEST_NAME = 512;
const MS_PER_DAY = 86_400_000;
const JULIAN_DAY_OF_1970 = 2440587.5;

/**
 * Lets SQLite read a file of the server by ranges. It is a file system of one file that nobody writes.
 *
 * A database in WAL mode can be opened only with a memory that its users share. Its header is shown to SQLite as that of an
 * ordinary one: what was moved into the database is seen, what still stands in the log file is not.
 *
 * @returns the version for reading that stands in the file.
 */
export function installReader(sqlite: Sqlite3Static, file: FileLocation): number {
  const { capi, wasm } = sqlite;
  const blocks = new BlockCache(file);
  const header = blocks.read(0, 100);
  const isDatabase = new TextDecoder('latin1').decode(header.subarray(0, HEADER.length)) === HEADER;
  const fine = () => capi.SQLITE_OK;
  const refuse = () => capi.SQLITE_READONLY;

  const reading = Object.assign(new capi.sqlite3_io_methods(), { $iVersion: 1 });
  const fileMethods = {
    xClose: fine,
    xRead(_file: WasmPointer, target: WasmPointer, length: number, offset64: bigint) {
      const offset = Number(offset64);
      try {
        const bytes = blocks.read(offset, length);
        for (const place of isDatabase ? [WRITE_VERSION, READ_VERSION] : [])
          if (place >= offset && place < offset + bytes.length) bytes[place - offset] = ROLLBACK_JOURNAL;
        const heap = wasm.heap8u();
        const at = Number(target);
        heap.set(bytes, at);
        heap.fill(0, at + bytes.length, at + length);
        return bytes.length === length ? capi.SQLITE_OK : capi.SQLITE_IOERR_SHORT_READ;
      } catch {
        return capi.SQLITE_IOERR_READ;
      }
    },
    xWrite: refuse,
    xTruncate: refuse,
    xSync: fine,
    xFileSize(_file: WasmPointer, size: WasmPointer) {
      wasm.poke64(size, BigInt(file.size));
      return capi.SQLITE_OK;
    },
    xLock: fine,
    xUnlock: fine,
    xCheckReservedLock(_file: WasmPointer, isReserved: WasmPointer) {
      wasm.poke32(isReserved, 0);
      return capi.SQLITE_OK;
    },
    xFileControl: () => capi.SQLITE_NOTFOUND,
    xSectorSize: () => 4096,
    xDeviceCharacteristics: () => capi.SQLITE_IOCAP_IMMUTABLE,
  };

  // The types of the library leave out that its structures know their own size.
  const { sizeof } = (capi.sqlite3_file as unknown as { structInfo: { sizeof: number } }).structInfo;
  const system = Object.assign(new capi.sqlite3_vfs(), {
    $iVersion: 1,
    $szOsFile: sizeof,
    $mxPathname: LONGEST_NAME,
  });
  const systemMethods = {
    xOpen(_system: WasmPointer, _name: WasmPointer, target: WasmPointer, flags: number, out: WasmPointer) {
      if (!(flags & capi.SQLITE_OPEN_MAIN_DB)) return capi.SQLITE_CANTOPEN;
      const opened = new capi.sqlite3_file(target);
      opened.$pMethods = reading.pointer;
      opened.dispose();
      wasm.poke32(out, capi.SQLITE_OPEN_READONLY);
      return capi.SQLITE_OK;
    },
    xDelete: refuse,
    xAccess(_system: WasmPointer, _name: WasmPointer, _flags: number, out: WasmPointer) {
      wasm.poke32(out, 0);
      return capi.SQLITE_OK;
    },
    xFullPathname(_system: WasmPointer, name: WasmPointer, length: number, out: WasmPointer) {
      return wasm.cstrncpy(out, name, length) < length ? capi.SQLITE_OK : capi.SQLITE_CANTOPEN;
    },
    xRandomness(_system: WasmPointer, length: number, out: WasmPointer) {
      wasm.heap8u().set(crypto.getRandomValues(new Uint8Array(length)), Number(out));
      return length;
    },
    xSleep: fine,
    xCurrentTime(_system: WasmPointer, out: WasmPointer) {
      wasm.poke(out, JULIAN_DAY_OF_1970 + Date.now() / MS_PER_DAY, 'double');
      return capi.SQLITE_OK;
    },
    xGetLastError: fine,
  };

  // Its types know neither the 64-bit offsets nor the methods that give a number.
  const install = sqlite.vfs.installVfs as (parts: object) => unknown;
  install.call(sqlite.vfs, {
    io: { struct: reading, methods: fileMethods },
    vfs: { struct: system, name: READER, methods: systemMethods },
  });
  return header[READ_VERSION] ?? 0;
}
