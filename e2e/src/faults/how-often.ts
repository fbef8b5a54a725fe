/** The share of the full figures to run: `npm run test:faults` sets 1. */
const share = process.env.AQUEDUCT_FAULTS;

/** Whether the faults run in their long form. */
export const isFull = share !== undefined;

/**
 * How often to make a fault happen.
 *
 * @param short - In the short form, which is part of `npm test`.
 * @param full - In `npm run test:faults`; `AQUEDUCT_FAULTS=0.1` makes a tenth of it.
 */
export function howOften(short: number, full: number): number {
  return share === undefined ? short : Math.max(1, Math.round(full * Number(share)));
}
