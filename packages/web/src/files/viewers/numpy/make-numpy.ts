import { crc32, deflateRawSync } from 'node:zlib';

interface NpyParts {
  readonly descr: unknown;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
  readonly isFortran?: boolean;
  readonly version?: 1 | 2 | 3;
}

/** For tests: a file as `numpy.save` writes it. */
export function npyFile({
  descr,
  shape,
  data,
  isFortran = false,
  version = 1,
}: NpyParts): Uint8Array<ArrayBuffer> {
  const kind = typeof descr === 'string' ? `'${descr}'` : "[('a', '<f8')]";
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const text = `{'descr': ${kind}, 'fortran_order': ${isFortran ? 'True' : 'False'}, 'shape': ${tuple}, }`;
  const begin = version === 1 ? 10 : 12;
  const header = `${text.padEnd(Math.ceil((begin + text.length + 1) / 64) * 64 - begin - 1)}\n`;
  const start = Buffer.alloc(begin);
  start.write('\x93NUMPY', 'latin1');
  start[6] = version;
  if (version === 1) start.writeUInt16LE(header.length, 8);
  else start.writeUInt32LE(header.length, 8);
  return new Uint8Array(Buffer.concat([start, Buffer.from(header, 'latin1'), data]));
}

interface ZipParts {
  readonly name: string;
  readonly content: Uint8Array;
  readonly how: 'stored' | 'deflated';
  /** In the place of what the content would be packed to. */
  readonly packed?: Uint8Array;
}

/** For tests: a zip (APPNOTE 4.3). */
export function zipFile(parts: readonly ZipParts[]): Uint8Array<ArrayBuffer> {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, how, packed } of parts) {
    const method = how === 'stored' ? 0 : 8;
    const bytes = packed ?? (how === 'stored' ? content : deflateRawSync(content));
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(method, 4);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(bytes.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), facts, Buffer.from(name), bytes]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, rest, Buffer.from(name)]),
    );
    files.push(file);
    offset += file.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...files, list, end]));
}
