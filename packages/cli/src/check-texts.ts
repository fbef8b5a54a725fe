import {
  type CheckProgress,
  type CheckSummary,
  type Finding,
  type FindingKind,
  findingKinds,
  printable,
} from '@aqueduct/server/check';

type Counts = Readonly<Partial<Record<FindingKind, number>>>;

/** A finding in one line. */
export function findingText({ kind, subject, text }: Finding): string {
  return printable(`${kind.padEnd(10)} ${subject}: ${text}`);
}

/** `checked 12,300 of 40,100 files, 3.2 GB`. */
export function progressText({ files, totalFiles, bytes }: CheckProgress): string {
  return `checked ${number(files)} of ${counted(totalFiles, 'file')}, ${size(bytes)}`;
}

/** What was looked at, and how often each kind of finding was made. */
export function summaryText({ files, bytes, objects }: CheckSummary, counts: Counts): string {
  const checked = `Checked ${counted(files, 'file')} (${size(bytes)} read) and ${counted(objects, 'object')}`;
  const problems = listOf(counts, 'problem');
  const notes = listOf(counts, 'note');
  const lines = [problems === '' ? `${checked}: nothing is wrong.` : `${checked}.\nProblems: ${problems}.`];
  if (notes !== '') lines.push(`Notes: ${notes}.`);
  return lines.join('\n');
}

function listOf(counts: Counts, weight: 'problem' | 'note'): string {
  const kinds = Object.entries(counts).filter(([kind]) => findingKinds[kind as FindingKind] === weight);
  return kinds.map(([kind, count]) => `${number(count)} ${kind}`).join(', ');
}

function counted(count: number, what: string): string {
  return `${number(count)} ${what}${count === 1 ? '' : 's'}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

function size(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** step).toFixed(step === 0 ? 0 : 1)} ${UNITS[step]}`;
}
