import { isMet, type Result, ratioOf, type Target } from './result.ts';
import { median } from './statistics.ts';

const TITLES = ['', 'floor', 'min–max', 'ours', 'min–max', 'unit', 'ratio', 'target', ''];
const LEFT_ALIGNED = new Set([0, 5, 8]);

/** The results as aligned text, one line each, under the names of their groups. */
export function tableOf(results: readonly Result[]): string {
  const rows = [TITLES, ...results.map(cellsOf)];
  const widths = TITLES.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => (LEFT_ALIGNED.has(i) ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const [titles = '', ...bodies] = lines;
  const out = [titles];
  results.forEach(({ group }, i) => {
    if (group !== results[i - 1]?.group) out.push('', group);
    out.push(bodies[i] ?? '');
  });
  return out.join('\n');
}

function cellsOf(result: Result): string[] {
  const { name, floor, ours, unit, target } = result;
  const hasFloor = floor.length > 0;
  return [
    `  ${name}`,
    hasFloor ? round(median(floor)) : '',
    hasFloor ? spread(floor) : '',
    round(median(ours)),
    spread(ours),
    unit,
    hasFloor ? ratioOf(result).toFixed(2) : '',
    target ? textOf(target, unit) : '',
    target ? (isMet(result) ? 'ok' : 'MISSED') : '',
  ];
}

function textOf({ of, bound, value }: Target, unit: string): string {
  return `${bound === 'at least' ? '≥' : '≤'} ${value}${of === 'ours' ? ` ${unit}` : ''}`;
}

function spread(values: readonly number[]): string {
  return `${round(Math.min(...values))}–${round(Math.max(...values))}`;
}

/** Three digits tell enough. */
function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
