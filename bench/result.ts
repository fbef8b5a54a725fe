import { median } from './statistics.ts';

/** What a ratio, or a value of ours, must be. */
export interface Target {
  readonly of: 'ratio' | 'ours';
  readonly bound: 'at least' | 'at most';
  readonly value: number;
}

/** One row of the table. Where there is nothing to compare with, `floor` is empty. */
export interface Measured {
  readonly name: string;
  readonly unit: Unit;
  /** One value for each round. */
  readonly floor: readonly number[];
  readonly ours: readonly number[];
  readonly target?: Target | undefined;
}

/** A row under the heading of its group. */
export interface Result extends Measured {
  readonly group: string;
}

export type Unit = '/s' | 'ms' | 'MiB/s' | 'MB';

export const ratioAtLeast = (value: number): Target => ({ of: 'ratio', bound: 'at least', value });
export const ratioAtMost = (value: number): Target => ({ of: 'ratio', bound: 'at most', value });
export const oursAtMost = (value: number): Target => ({ of: 'ours', bound: 'at most', value });

/**
 * Ours over the floor: the median of the rounds' own ratios. The two values of a round were measured one right after
 * the other, so what else the machine did in the course of the run is in both.
 */
export function ratioOf({ floor, ours }: Measured): number {
  return median(ours.map((value, i) => value / (floor[i] ?? Number.NaN)));
}

/** Whether the target was met; without one, it was. */
export function isMet(result: Measured): boolean {
  const { target } = result;
  if (!target) return true;
  const value = target.of === 'ratio' ? ratioOf(result) : median(result.ours);
  return target.bound === 'at least' ? value >= target.value : value <= target.value;
}
