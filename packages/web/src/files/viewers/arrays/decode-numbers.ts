import { halfFloat } from './half-float.ts';
import type { WholeNumbers } from './nd-array.ts';

/** How a number is written: signed, unsigned, floating; and in how many bytes. */
export type NumberForm = 'i1' | 'i2' | 'i4' | 'i8' | 'u1' | 'u2' | 'u4' | 'u8' | 'f2' | 'f4' | 'f8';

export interface NumberPlace {
  readonly form: NumberForm;
  readonly isLittle: boolean;
  /** Bytes from the beginning of one element to that of the next. */
  readonly stride: number;
  /** Bytes from the beginning of an element to the number. */
  readonly offset: number;
}

type Read = (view: DataView, at: number, isLittle: boolean) => number;

const READERS: Readonly<Record<NumberForm, Read>> = {
  i1: (view, at) => view.getInt8(at),
  u1: (view, at) => view.getUint8(at),
  i2: (view, at, isLittle) => view.getInt16(at, isLittle),
  u2: (view, at, isLittle) => view.getUint16(at, isLittle),
  i4: (view, at, isLittle) => view.getInt32(at, isLittle),
  u4: (view, at, isLittle) => view.getUint32(at, isLittle),
  i8: (view, at, isLittle) => Number(view.getBigInt64(at, isLittle)),
  u8: (view, at, isLittle) => Number(view.getBigUint64(at, isLittle)),
  f2: (view, at, isLittle) => halfFloat(view.getUint16(at, isLittle)),
  f4: (view, at, isLittle) => view.getFloat32(at, isLittle),
  f8: (view, at, isLittle) => view.getFloat64(at, isLittle),
};

export function isNumberForm(text: string): text is NumberForm {
  return text in READERS;
}

/** Reads one number of each of `count` elements that lie one behind the other. */
export function decodeNumbers(
  bytes: Uint8Array,
  count: number,
  { form, isLittle, stride, offset }: NumberPlace,
): Float64Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = READERS[form];
  const numbers = new Float64Array(count);
  for (let i = 0, at = offset; i < count; i += 1, at += stride) numbers[i] = read(view, at, isLittle);
  return numbers;
}

/** Whole numbers of eight bytes that lie alike, to the last digit; undefined where the numbers are others. */
export function decodeWhole(
  bytes: Uint8Array,
  count: number,
  { form, isLittle, stride, offset }: NumberPlace,
): WholeNumbers | undefined {
  const whole = emptyWhole(form, count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0, at = offset; whole && i < count; i += 1, at += stride)
    whole[i] = form === 'i8' ? view.getBigInt64(at, isLittle) : view.getBigUint64(at, isLittle);
  return whole;
}

/** Room for so many whole numbers; undefined where the numbers are others. */
export function emptyWhole(form: NumberForm, count: number): WholeNumbers | undefined {
  return form === 'i8' ? new BigInt64Array(count) : form === 'u8' ? new BigUint64Array(count) : undefined;
}
