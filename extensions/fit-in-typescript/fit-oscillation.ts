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
  const steps = Array.from({ length: 2 * x.length }, (_, i) => (i + 1) / (4 * span));
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
  const rows = x.map((each) => {
    const envelope = Math.exp(-each / decay);
    const angle = 2 * Math.PI * frequency * each;
    return [1, envelope * Math.cos(angle), envelope * Math.sin(angle)];
  });
  const sum = (of: (row: readonly number[], i: number) => number) =>
    rows.reduce((all, row, i) => all + of(row, i), 0);
  const equations = [0, 1, 2].map((i) => [
    ...[0, 1, 2].map((j) => sum((row) => at(row, i) * at(row, j))),
    sum((row, k) => at(row, i) * at(y, k)),
  ]);
  const [offset, cosine, sine] = solve(equations);
  const found = {
    offset,
    amplitude: Math.hypot(cosine, sine),
    decay,
    frequency,
    phase: Math.atan2(-sine, cosine),
  };
  const squares = x.reduce((all, each, i) => all + (at(y, i) - valueAt(each, found)) ** 2, 0);
  const residual = Math.sqrt(squares / x.length);
  return { ...found, residual: Number.isNaN(residual) ? Number.POSITIVE_INFINITY : residual };
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

function at(values: readonly number[], i: number): number {
  return values[i] ?? 0;
}
