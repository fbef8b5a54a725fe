import { isNumberForm, type NumberForm } from '../arrays/decode-numbers.ts';
import { NotShown } from '../not-shown.ts';

/** What an array in a `.npy` file is, as its header says. */
export interface NpyHeader {
  readonly shape: readonly number[];
  /** The first dimension runs fastest, as in Fortran. */
  readonly isFortran: boolean;
  readonly element: NpyElement;
  /** Where the numbers begin: bytes from the beginning of the file. */
  readonly start: number;
}

/** What one element is. */
export interface NpyElement {
  /** For people: `float64`. */
  readonly type: string;
  /** Of the number, or of each of the two of a complex one. */
  readonly form: NumberForm;
  readonly isComplex: boolean;
  readonly isLittle: boolean;
  /** Bytes. */
  readonly size: number;
}

/** Bytes of a file that hold its header, unless it is a very long one. */
export const HEAD_BYTES = 4096;
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** A record of many named fields has a long one; none is longer. */
const MOST_HEADER = 64 * 1024;
const MOST_DIMENSIONS = 32;
const NAMES: Readonly<Record<string, string>> = { i: 'int', u: 'uint', f: 'float', c: 'complex' };

/**
 * Reads the header of an array (numpy.lib.format, versions 1 to 3).
 *
 * @param head - the first bytes of the file.
 * @param size - of the whole file in bytes: what it promises must be there.
 * @throws NotShown with a sentence about what it is instead, or that it can't be shown.
 */
export function parseNpyHeader(head: Uint8Array, size: number): NpyHeader {
  if (!MAGIC.every((byte, i) => head[i] === byte))
    throw new NotShown('This is no NumPy array: it does not begin as one.');
  const major = head[6] ?? 0;
  if (major < 1 || major > 3)
    throw new NotShown(`This is a NumPy array of version ${major}, which is not known here.`);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const isShort = major === 1;
  const begin = isShort ? 10 : 12;
  if (head.length < begin) throw new NotShown('This NumPy array is cut off: it ends within its header.');
  const length = isShort ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MOST_HEADER || begin + length > head.length)
    throw new NotShown('The header of this NumPy array is longer than any that is read here.');
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(head.subarray(begin, begin + length));
  const element = elementOf(text);
  const shape = shapeOf(text);
  const start = begin + length;
  const promised = shape.reduce((count, dimension) => count * dimension, element.size);
  if (promised > size - start)
    throw new NotShown(
      `The header promises ${shape.join(' × ')} values of type ${element.type}, but the file has only ${(size - start).toLocaleString('en')} bytes for them.`,
    );
  return { shape, isFortran: isFortran(text), element, start };
}

function elementOf(header: string): NpyElement {
  const descr = /['"]descr['"]:\s*(['"]([^'"]*)['"]|\[)/.exec(header);
  const text = descr?.[2];
  if (!descr) throw new NotShown('The header of this NumPy array does not say what its elements are.');
  if (text === undefined)
    throw new NotShown('This array holds records of named fields, which are not shown here.');
  const [, order = '', kind = '', digits = ''] = /^([<>|=])?([a-zA-Z?])(\d*)/.exec(text) ?? [];
  const size = Number(digits || 1);
  if (kind === 'O')
    throw new NotShown(
      'This array holds Python objects (a pickle), which could do anything: they are not opened.',
    );
  if (kind === 'U' || kind === 'S' || kind === 'a')
    throw new NotShown('This array holds texts, which are not shown here.');
  if (kind === 'M' || kind === 'm')
    throw new NotShown('This array holds dates or durations, which are not shown here.');
  const isComplex = kind === 'c';
  const isBool = kind === 'b' || kind === '?';
  const form = isBool ? 'u1' : isComplex ? `f${size / 2}` : `${kind}${size}`;
  if (!isNumberForm(form))
    throw new NotShown(`This array holds elements of type “${text}”, which are not shown here.`);
  return {
    type: isBool ? 'bool' : `${NAMES[kind]}${8 * size}`,
    form,
    isComplex,
    isLittle: order !== '>',
    size,
  };
}

function isFortran(header: string): boolean {
  const order = /['"]fortran_order['"]:\s*(True|False)/.exec(header)?.[1];
  if (order === undefined)
    throw new NotShown('The header of this NumPy array does not say in which order its values are.');
  return order === 'True';
}

function shapeOf(header: string): number[] {
  const text = /['"]shape['"]:\s*\(([^()]*)\)/.exec(header)?.[1];
  if (text === undefined) throw new NotShown('The header of this NumPy array does not say how large it is.');
  const parts = text.split(',').map((part) => part.trim());
  const shape = parts
    .filter((part) => part !== '')
    .map((part) => (/^\d+L?$/.test(part) ? Number.parseInt(part, 10) : -1));
  if (shape.length > MOST_DIMENSIONS || !shape.every((size) => Number.isSafeInteger(size) && size >= 0))
    throw new NotShown(
      `The header of this NumPy array gives sizes that can not be: (${text.slice(0, 100)}).`,
    );
  return shape;
}
