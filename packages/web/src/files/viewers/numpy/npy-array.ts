import { decodeNumbers, decodeWhole, emptyWhole } from '../arrays/decode-numbers.ts';
import {
  type ArrayNumbers,
  countOf,
  lengthOf,
  type NdArray,
  numbersOf,
  type Selection,
  type Stretch,
  type WholeNumbers,
} from '../arrays/nd-array.ts';
import { NotShown } from '../not-shown.ts';
import type { ByteSource } from './byte-source.ts';
import { HEAD_BYTES, type NpyHeader, parseNpyHeader } from './npy-header.ts';

const MiB = 1024 * 1024;
/** Of one reading; numbers become eight bytes each. */
const MOST_BYTES = 256 * MiB;
const MOST_NUMBERS = 16 * MiB;
const MOST_REQUESTS = 2048;
const AT_ONCE = 6;
/** It is quicker to read over a gap of so many bytes than to ask again. */
const GAP = 64 * 1024;

/** Opens a NumPy array; only its header is read. */
export async function openNpyArray(name: string, bytes: ByteSource, signal?: AbortSignal): Promise<NdArray> {
  const head = await bytes.read(0, Math.min(bytes.size, HEAD_BYTES), signal);
  const header = parseNpyHeader(head, bytes.size);
  const { type, isComplex } = header.element;
  const read: NdArray['read'] = (selection, ending) => readNpyArray(bytes, header, selection, ending);
  return { name, shape: header.shape, type, isComplex, read };
}

/** Reads the numbers of a part of an array, and as few other bytes as can be. */
async function readNpyArray(
  bytes: ByteSource,
  header: NpyHeader,
  selection: Selection,
  signal?: AbortSignal,
): Promise<ArrayNumbers> {
  const count = countOf(selection);
  if (count > MOST_NUMBERS)
    throw new NotShown(
      `These are ${count.toLocaleString('en')} values, and at most ${MOST_NUMBERS.toLocaleString('en')} are read at once.`,
    );
  if (!header.isFortran) return readInOrder(bytes, header, selection, signal);
  // In such a file, the last dimension is what elsewhere is the first.
  const reversed = { ...header, shape: header.shape.toReversed() };
  const { real, imaginary, whole } = await readInOrder(bytes, reversed, selection.toReversed(), signal);
  const lengths = selection.map((part) => (typeof part === 'number' ? 1 : lengthOf(part)));
  const order = turnedOrder(lengths, count);
  const turned = (numbers: Float64Array) => numbers.map((_, i) => numbers[order[i] as number] as number);
  return {
    real: turned(real),
    ...(imaginary ? { imaginary: turned(imaginary) } : {}),
    ...(whole ? { whole: turnedWhole(whole, order) } : {}),
  };
}

async function readInOrder(
  bytes: ByteSource,
  { shape, element, start }: NpyHeader,
  selection: Selection,
  signal?: AbortSignal,
): Promise<ArrayNumbers> {
  const { size, form, isLittle } = element;
  const count = countOf(selection);
  const real = new Float64Array(count);
  const imaginary = element.isComplex ? new Float64Array(count) : undefined;
  const places = placesOf(shape, selection);
  const runs = runsOf(places, size);
  const wanted = runs.reduce((sum, { from, to }) => sum + (to - from) * size, 0);
  if (wanted > MOST_BYTES || runs.length > MOST_REQUESTS)
    throw new NotShown(
      `For this part, ${Math.ceil(wanted / MiB).toLocaleString('en')} MiB in ${runs.length.toLocaleString('en')} pieces would have to be read. Choose a smaller one.`,
    );
  const whole = emptyWhole(form, count);
  const fill = async ({ from, to, first, last }: Run) => {
    const part = await bytes.read(start + from * size, start + to * size, signal);
    const take = (into: Float64Array, offset: number) => {
      const numbers = decodeNumbers(part, to - from, { form, isLittle, stride: size, offset });
      for (let i = first; i < last; i += 1) into[i] = numbers[(places[i] as number) - from] as number;
    };
    take(real, 0);
    if (imaginary) take(imaginary, size / 2);
    const exact = decodeWhole(part, to - from, { form, isLittle, stride: size, offset: 0 });
    for (let i = first; whole && exact && i < last; i += 1)
      whole[i] = exact[(places[i] as number) - from] as bigint;
  };
  for (let i = 0; i < runs.length; i += AT_ONCE) await Promise.all(runs.slice(i, i + AT_ONCE).map(fill));
  return numbersOf(real, imaginary, whole);
}

/** Where each element of a part is, counted in elements; in rising order, as the last dimension runs fastest. */
function placesOf(shape: readonly number[], selection: Selection): Float64Array {
  let places = new Float64Array(1);
  for (const [dimension, part] of selection.entries()) {
    const { start, end, step }: Stretch =
      typeof part === 'number' ? { start: part, end: part + 1, step: 1 } : part;
    const stride = shape.slice(dimension + 1).reduce((product, size) => product * size, 1);
    const length = lengthOf({ start, end, step });
    const next = new Float64Array(places.length * length);
    for (const [i, place] of places.entries())
      for (let j = 0; j < length; j += 1) next[i * length + j] = place + (start + j * step) * stride;
    places = next;
  }
  return places;
}

/** Elements that are read by one request. */
interface Run {
  /** In the file, from this one up to, not including, the last. */
  readonly from: number;
  readonly to: number;
  /** In the part, alike. */
  readonly first: number;
  readonly last: number;
}

/** Puts together what lies near each other. */
function runsOf(places: Float64Array, size: number): Run[] {
  const runs: Run[] = [];
  let first = 0;
  for (let i = 1; i <= places.length; i += 1) {
    const [before, place] = [places[i - 1] as number, places[i]];
    if (place !== undefined && (place - before) * size <= GAP) continue;
    runs.push({ from: places[first] as number, to: before + 1, first, last: i });
    first = i;
  }
  return runs;
}

/** Where to take each number from, so that the last dimension runs fastest where the first one does. */
function turnedOrder(lengths: readonly number[], count: number): Uint32Array {
  const order = new Uint32Array(count);
  const strides = lengths.map((_, i) => lengths.slice(0, i).reduce((product, length) => product * length, 1));
  const indices = lengths.map(() => 0);
  for (let i = 0, from = 0; i < count; i += 1) {
    order[i] = from;
    for (let d = lengths.length - 1; d >= 0; d -= 1) {
      const [index, length, stride] = [indices[d] as number, lengths[d] as number, strides[d] as number];
      from += stride;
      indices[d] = index + 1;
      if (index + 1 < length) break;
      from -= length * stride;
      indices[d] = 0;
    }
  }
  return order;
}

function turnedWhole(whole: WholeNumbers, order: Uint32Array): WholeNumbers {
  const turned = whole.slice();
  for (const [i, from] of order.entries()) turned[i] = whole[from] as bigint;
  return turned;
}
