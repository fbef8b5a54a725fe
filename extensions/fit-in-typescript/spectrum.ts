/**
 * How strong the frequencies 0, 1, 2, … times 1 / (4 span) are in points: the square of a Fourier transform. The points
 * are taken at equal distances, with zeros behind them.
 */
export function spectrum(x: readonly number[], y: readonly number[]): Float64Array {
  const count = 2 ** Math.ceil(Math.log2(x.length));
  const mean = y.reduce((all, each) => all + each, 0) / y.length;
  const [real, imaginary] = [new Float64Array(4 * count), new Float64Array(4 * count)];
  const [first = 0, last = 0] = [x[0], x.at(-1)];
  for (let i = 0, next = 1; i < count; i += 1) {
    const place = first + (i / count) * (last - first);
    while (next < x.length - 1 && at(x, next) < place) next += 1;
    const distance = at(x, next) - at(x, next - 1);
    const share = distance > 0 ? (place - at(x, next - 1)) / distance : 0;
    real[i] = at(y, next - 1) + share * (at(y, next) - at(y, next - 1)) - mean;
  }
  transform(real, imaginary);
  return real.map((each, i) => each ** 2 + at(imaginary, i) ** 2);
}

/** Fourier's transform in place, of as many values as a power of two: from those of the even and of the odd ones. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const half = real.length / 2;
  if (half < 1) return;
  const part = (values: Float64Array, odd: number) =>
    Float64Array.from({ length: half }, (_, i) => at(values, 2 * i + odd));
  const [evenReal, evenImaginary] = [part(real, 0), part(imaginary, 0)];
  const [oddReal, oddImaginary] = [part(real, 1), part(imaginary, 1)];
  transform(evenReal, evenImaginary);
  transform(oddReal, oddImaginary);
  for (let i = 0; i < half; i += 1) {
    const angle = (-Math.PI * i) / half;
    const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
    const turnedReal = cosine * at(oddReal, i) - sine * at(oddImaginary, i);
    const turnedImaginary = cosine * at(oddImaginary, i) + sine * at(oddReal, i);
    real[i] = at(evenReal, i) + turnedReal;
    imaginary[i] = at(evenImaginary, i) + turnedImaginary;
    real[i + half] = at(evenReal, i) - turnedReal;
    imaginary[i + half] = at(evenImaginary, i) - turnedImaginary;
  }
}

function at(values: ArrayLike<number>, i: number): number {
  return values[i] ?? 0;
}
