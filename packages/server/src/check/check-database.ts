import type { Services } from '../access/context.ts';
import { DAYS_PER_SPAN } from '../experiments/experiment-counts.ts';
import { codeOf } from '../platform/storage/code-of.ts';
import {
  foreignKeyCheck,
  integrityCheck,
  quickCheck,
  wrongDays,
  wrongSpans,
  wrongTagLinks,
  wrongTags,
  wrongTotal,
} from './check.queries.ts';
import type { Finding } from './finding.ts';

const COUNTERS = 'Lists show a wrong total by that; the experiments themselves are as they were.';

/**
 * Looks at the database for itself: its pages, the references between its tables, and the counters that are kept
 * beside them.
 *
 * @returns whether it can be relied on.
 */
export async function checkDatabase(
  { db }: Pick<Services, 'db'>,
  { isQuick }: { isQuick: boolean },
  report: (finding: Finding) => void,
): Promise<boolean> {
  const isSound = db.engine === 'postgres' || (await checkEmbedded(db.slow, isQuick, report));
  if (isSound) await checkCounters(db.slow, report);
  return isSound;
}

type Reader = Services['db']['slow'];

async function checkEmbedded(
  db: Reader,
  isQuick: boolean,
  report: (finding: Finding) => void,
): Promise<boolean> {
  const lines = await (isQuick
    ? db.all(quickCheck, {}).then((rows) => rows.map((row) => row.quick_check))
    : db.all(integrityCheck, {}).then((rows) => rows.map((row) => row.integrity_check))
  ).catch((error: unknown) => [damageOf(error)]);
  if (lines.join() !== 'ok') {
    for (const line of lines) report(damaged(line));
    return false;
  }
  for (const { table, parent, rows } of await db.all(foreignKeyCheck, {})) {
    report({
      kind: 'database',
      subject: `table ${table}`,
      text:
        `${rows} of its rows refer to rows of the table ${parent} that are not there. ` +
        'Put back a copy of the data folder, or keep one and tell the makers of Aqueduct.',
    });
  }
  return true;
}

/** What a failure says of the database; throws failures that are of another kind. */
export function damageOf(error: unknown): string {
  if (!(error instanceof Error) || !/^SQLITE_(CORRUPT|NOTADB|IOERR)/.test(codeOf(error))) throw error;
  return error.message;
}

export function damaged(what: string): Finding {
  return {
    kind: 'database',
    subject: 'database',
    text: `it is damaged (${what}). Stop the server, keep what is there, and put back a copy of the data folder.`,
  };
}

async function checkCounters(db: Reader, report: (finding: Finding) => void): Promise<void> {
  const off = (subject: string, { live, archived }: { live: number; archived: number }) =>
    report({
      kind: 'counter',
      subject,
      text: `the counter is off by ${signed(live)} (archived: ${signed(archived)}). ${COUNTERS}`,
    });
  for (const difference of await db.all(wrongTotal, {})) off('all experiments', difference);
  for (const { key, ...difference } of await db.all(wrongDays, {})) off(`day ${isoDay(key)}`, difference);
  for (const { key, ...difference } of await db.all(wrongSpans, {}))
    off(`days ${isoDay(key * DAYS_PER_SPAN)} to ${isoDay((key + 1) * DAYS_PER_SPAN - 1)}`, difference);
  for (const { name, ...difference } of await db.all(wrongTags, {})) off(`tag ${name}`, difference);
  const links = (await db.first(wrongTagLinks, {}))?.count ?? 0;
  if (links > 0) {
    const text = `${links} of them say something else than their experiment of whether it is archived. ${COUNTERS}`;
    report({ kind: 'counter', subject: 'tags of experiments', text });
  }
}

function signed(count: number): string {
  return count > 0 ? `+${count}` : String(count);
}

function isoDay(daysSince1970: number): string {
  return new Date(daysSince1970 * 86_400_000).toISOString().slice(0, 10);
}
