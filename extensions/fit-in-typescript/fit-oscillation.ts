import { spectrum } from './spectrum.ts';

/** Frequencies that are tried, the strongest ones: all of a long table would take hours. */
const MOST_TRIED = 50;

/** offset + amplitude * exp(-x / decay) * cos(2 pi frequency x + phase) */
export interface Oscillation {
  readonly offset: number;
  readonly amplitude: number;
  readonly decay: number;
  readonly frequency: number;
  readonly phase: number;
}

/** An oscillation, and how far from the points it is: the root of the mean square. */
export type Fit = Oscillation & { readonly residual: number };

export function valueAt(x: number, { offset, amplitude, decay, frequency, phase }: Oscillation): number {
  return offset + amplitude * Math.exp(-x / decay) * Math.cos(2 * Math.PI * frequency * x + phase);
}

/** Fits an oscillation to points with least squares; x must rise. */
export function fitOscillation(x: readonly number[], y: readonly number[]): Fit {
  const span = (x.at(-1) ?? 0) - (x[0] ?? 0);
  if (x.length < 8 || !(span > 0)) throw new Error('A fit needs at least 8 points, whose x rises.');

  // Frequency and decay are looked for; the others follow from them.
  const fit = (frequency: number, decay: number) => fitLinear(x, y, frequency, decay);
  const strength = spectrum(x, y);
  const steps = Array.from({ length: 2 * x.length }, (_, i) => i + 1)
    .sort((a, b) => at(strength, b) - at(strength, a))
    .slice(0, MOST_TRIED)
    .map((step) => step / (4 * span));
  const decays = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4].map((factor) => factor * span);
  let best = steps.flatMap((frequency) => decays.map((decay) => fit(frequency, decay))).reduce(better);
  for (let size = 0.5; size > 1e-7; ) {
    const { frequency, decay } = best;
    const next = [
      fit(frequency + size / span, decay),
      fit(frequency - size / span, decay),
      fit(frequency, decay * (1 + size)),
      fit(frequency, decay / (1 + size)),
    ].reduce(better, best);
    if (next === best) size /= 2;
    best = next;
  }
  return best;
}

function better(a: Fit, b: Fit): Fit {
  return b.residual < a.residual ? b : a;
}

/** With frequency and decay given, offset, cosine and sine are the solution of three linear equations. */
function fitLinear(x: readonly number[], y: readonly number[], frequency: number, decay: number): Fit {
  const [cosines, sines] = [new Float64Array(x.length), new Float64Array(x.length)];
  x.forEach((each, i) => {
    const envelope = Math.exp(-each / decay);
    const angle = 2 * Math.PI * frequency * each;
    cosines[i] = envelope * Math.cos(angle);
    sines[i] = envelope * Math.sin(angle);
  });
  const columns = [new Float64Array(x.length).fill(1), cosines, sines];
  const equations = columns.map((column) => [...columns, y].map((other) => product(column, other)));
  const [offset, cosine, sine] = solve(equations);
  let squares = 0;
  for (let i = 0; i < x.length; i += 1) {
    squares += (at(y, i) - offset - cosine * at(cosines, i) - sine * at(sines, i)) ** 2;
  }
  const residual = Math.sqrt(squares / x.length);
  return {
    offset,
    amplitude: Math.hypot(cosine, sine),
    decay,
    frequency,
    phase: Math.atan2(-sine, cosine),
    residual: Number.isNaN(residual) ? Number.POSITIVE_INFINITY : residual,
  };
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += at(a, i) * at(b, i);
  return sum;
}

/** Gauss's elimination, for three unknowns. */
function solve(equations: number[][]): [number, number, number] {
  for (let i = 0; i < 3; i += 1) {
    const pivot = equations.slice(i).reduce((a, b) => (Math.abs(at(b, i)) > Math.abs(at(a, i)) ? b : a));
    equations[equations.indexOf(pivot)] = equations[i] ?? [];
    equations[i] = pivot.map((value) => value / at(pivot, i));
    for (let j = 0; j < 3; j += 1) {
      if (j === i) continue;
      const factor = at(equations[j] ?? [], i);
      equations[j] = (equations[j] ?? []).map((value, k) => value - factor * at(equations[i] ?? [], k));
    }
  }
  const [a, b, c] = equations.map((row) => at(row, 3));
  return [a ?? 0, b ?? 0, c ?? 0];
}

function at(values: ArrayLike<number>, i: number): number {
  return values[i] ?? 0;
}
