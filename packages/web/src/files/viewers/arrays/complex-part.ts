import type { ArrayNumbers } from './nd-array.ts';

export const COMPLEX_PARTS = ['Magnitude', 'Phase', 'Real', 'Imaginary'] as const;
/** What is drawn of complex numbers; the phase in radians. */
export type ComplexPart = (typeof COMPLEX_PARTS)[number];

/** The numbers to draw. */
export function partOf({ real, imaginary }: ArrayNumbers, part: ComplexPart): Float64Array {
  if (!imaginary || part === 'Real') return real;
  if (part === 'Imaginary') return imaginary;
  const of = part === 'Phase' ? (re: number, im: number) => Math.atan2(im, re) : Math.hypot;
  return real.map((re, i) => of(re, imaginary[i] as number));
}
