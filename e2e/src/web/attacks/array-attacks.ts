import type { Attack } from './attack.ts';

/** A NumPy file (NEP 1) whose header says what it likes. */
function npy(header: string, body: Uint8Array = new Uint8Array(64)): Uint8Array<ArrayBuffer> {
  const text = `${header.padEnd(117)}\n`;
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length);
  return new Uint8Array(
    Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(text), body]),
  );
}

const numpy = (what: string, header: string): Attack => ({
  what: `NumPy: ${what}`,
  file: 'attack.npy',
  content: () => npy(header),
});

/** The signature of HDF5 and a superblock of version 0, with what follows. */
function hdf5(rest: (i: number) => number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4096);
  bytes.set(Buffer.from('894844460d0a1a0a', 'hex'));
  for (let i = 8; i < bytes.length; i += 1) bytes[i] = rest(i) & 255;
  return bytes;
}

/** Arrays that lie about their size, or hold programs. */
export const ARRAY_ATTACKS: readonly Attack[] = [
  numpy(
    'a shape beyond all numbers',
    "{'descr': '<f8', 'fortran_order': False, 'shape': (999999999, 999999999)}",
  ),
  numpy('objects, which are programs', "{'descr': '|O', 'fortran_order': False, 'shape': (3,)}"),
  numpy('a header that is a program', "__import__('os').system('x')"),
  numpy('a thousand dimensions', `{'descr': '<f8', 'fortran_order': False, 'shape': (${'1,'.repeat(1000)})}`),
  {
    what: 'NumPy: a header that does not end',
    file: 'attack.npy',
    content: () => new Uint8Array(Buffer.from('934e554d505902 00ffffffff'.replace(' ', ''), 'hex')),
  },
  {
    what: 'NumPy: an archive of rubble',
    file: 'attack.npz',
    content: () => new Uint8Array(Buffer.from('PK\u0003\u0004'.repeat(5000))),
  },
  { what: 'HDF5: nothing behind its name', file: 'attack.h5', content: () => hdf5(() => 0) },
  { what: 'HDF5: all that is possible', file: 'attack.h5', content: () => hdf5(() => 255) },
  { what: 'HDF5: rubble', file: 'attack.h5', content: () => hdf5((i) => (i * 2654435761) >>> 7) },
  { what: 'HDF5: a page', file: 'attack.h5', content: () => '<script>localStorage.stolen = 1</script>' },
];
