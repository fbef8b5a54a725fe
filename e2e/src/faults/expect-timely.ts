import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { graphql } from '../graphql-client.ts';
import { expectRefusal } from './expect-refused.ts';
import type { Load } from './load.ts';

/** The old client gives up at 0.5 s; others wait a little, and must not wait in vain. */
const REFUSED_WITHIN_MS = 5500;
const BACK_WITHIN_MS = 5000;

/** Every answer to a load is a success, or a refusal in time that says when to try again; no connection broke. */
export function expectTimely({ answers, broken }: Load, statuses: readonly number[] = [200, 503]): void {
  expect(broken).toBe(0);
  for (const { what, status, ms, retryAfter, text } of answers) {
    expect(statuses, `${what}: ${text}`).toContain(status);
    if (status === 200) continue;
    expect(ms, what).toBeLessThan(REFUSED_WITHIN_MS);
    expectRefusal(status, text);
    expect(retryAfter, what).toMatch(status === 503 ? /^\d+$/ : /^null$/);
  }
}

/** A load is served again soon after its fault is over, which is now. */
export async function expectBack(load: Load): Promise<void> {
  const over = performance.now();
  const before = load.answers.length;
  const since = () => load.answers.slice(before);
  while (since().filter(({ status }) => status === 200).length < 3) {
    if (performance.now() - over > BACK_WITHIN_MS) {
      await load.end();
      expect.fail(`not back within ${BACK_WITHIN_MS} ms: ${JSON.stringify(since().slice(-5))}`);
    }
    await sleep(10);
  }
}

/** However often a request was sent again, it was done once. */
export async function expectNoDuplicates(base: string): Promise<void> {
  const titles: string[] = [];
  const eids: string[] = [];
  for (let offset = 0; ; offset += 500) {
    const { data } = await graphql<{ experiments: { experimentsData: { eid: string; title: string }[] } }>(
      base,
      'query ($o: Int!) { experiments(offset: $o, limit: 500) { experimentsData { eid title } } }',
      { o: offset },
    );
    const page = data?.experiments.experimentsData ?? [];
    titles.push(...page.map(({ title }) => title));
    eids.push(...page.map(({ eid }) => eid));
    if (page.length < 500) break;
  }
  expect(new Set(titles).size).toBe(titles.length);
  expect(new Set(eids).size).toBe(eids.length);
}
