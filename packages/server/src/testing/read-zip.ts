import { inflateRawSync } from 'node:zlib';

const UTF8_NAME = 1 << 11;
const STORED = 0;

/** The files in a zip by their names, as its central directory has them (PKWARE APPNOTE 4.3.12). */
export function readZip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  return new Map(
    Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
      if (!(zip.readUInt16LE(at + 8) & UTF8_NAME)) throw new Error('The zip has a name that is not UTF-8.');
      const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
      const name = zip.toString('utf8', at + 46, nameEnd);
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
      const method = zip.readUInt16LE(at + 10);
      at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
      return [name, method === STORED ? packed : inflateRawSync(packed)];
    }),
  );
}
