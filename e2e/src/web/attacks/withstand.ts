import type { Browser, BrowserContext } from 'playwright-core';
import { expect } from 'vitest';
import { create, graphql, upload } from '../../graphql-client.ts';
import type { Attack } from './attack.ts';
import { AttackedPage } from './attacked-page.ts';
import { startCanary } from './canary.ts';

/** What was meant to happen by itself has happened by then. */
const GRACE_MS = 300;
/** A tab of its own may take for ever: that is its own affair. */
const TAB_MS = 4000;

const REFUSED = JSON.stringify({ detail: 'Invalid file name.' });

/** How an attack was withstood. */
export interface Outcome {
  readonly viewers: readonly string[];
  /** The longest time the page took to answer. */
  readonly slowestMs: number;
}

/**
 * Opens a file in each viewer that shows it, and by its addresses in tabs of their own; expects that nothing came of it and
 * that the page goes on.
 */
export async function withstand(browser: Browser, server: string, attack: Attack): Promise<Outcome> {
  const canary = await startCanary();
  const title = `stolen ${crypto.randomUUID()}`;
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 } });
  try {
    const { uuid, eid } = await create(server, 'Attacked');
    const content = await attack.content({ canary, server, title });
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const answer = await upload(server, uuid, attack.file, bytes);
    const text = await answer.text();
    // A name that is refused does no harm.
    if (text === REFUSED) return { viewers: [], slowestMs: 0 };
    expect(answer.status, text).toBe(200);

    const name = encodeURIComponent(attack.file);
    const page = await AttackedPage.open(context, `${server}/aqd/experiments/${eid}?file=${name}`);
    const viewers = await lookThrough(page);
    await openDirectly(context, `${server}/api/files/${uuid}/${name}`);

    expect(await page.ask('location.pathname')).toBe(`/aqd/experiments/${eid}`);
    expect(await page.ask(KEPT)).toEqual([]);
    expect(page.surprises).toEqual([]);
    expect(canary.visits).toEqual([]);
    expect(await context.cookies()).toEqual([]);
    expect(await countOf(server, title)).toBe(0);
    await page.ask(`document.querySelector('[aria-label="Close the viewer"]').click()`);
    await page.until(`document.body.innerText.includes('No file selected')`);
    return { viewers, slowestMs: page.slowestMs };
  } finally {
    await Promise.all([context.close(), canary.close()]);
  }
}

/** On a busy machine a viewer comes late, and one that is not there yet is not attacked. Some never end their reading. */
const LOADED_MS = 3000;
const IS_LOADED = `[...document.querySelectorAll('[role="status"]')].every((each) => !each.textContent.startsWith('Loading'))`;
const CHOICE = `[...document.querySelectorAll('[role="radiogroup"][aria-label="Show as"] label')]`;

/** Of what nothing else can show, there is no choice. */
const THE_ONLY_ONE = 'Details';

/** Shows the file in one viewer after the other, and lets each do what it does. */
async function lookThrough(page: AttackedPage): Promise<readonly string[]> {
  await page.until(`document.querySelector('[aria-label="Close the viewer"]')`);
  const choice = await page.ask<string[]>(`${CHOICE}.map((label) => label.textContent)`);
  const names = choice.length > 0 ? choice : [THE_ONLY_ONE];
  for (const i of names.keys()) {
    if (i > 0) await page.ask(`${CHOICE}[${i}].click()`);
    await page.ask('new Promise(requestAnimationFrame).then(() => 1)');
    await page.until(IS_LOADED, LOADED_MS).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, GRACE_MS));
    await page.ask('1');
  }
  return names;
}

/** Its addresses in tabs of their own, as from a link that somebody sent. */
async function openDirectly(context: BrowserContext, address: string): Promise<void> {
  await Promise.all(
    ['', '?view=frame', '?download'].map(async (query) => {
      const tab = await context.newPage();
      tab.on('dialog', (dialog) => dialog.dismiss().catch(() => undefined));
      // It may be saved instead, or take for ever.
      await tab.goto(address + query, { timeout: TAB_MS }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, GRACE_MS));
      await Promise.race([tab.close(), new Promise((resolve) => setTimeout(resolve, 1000))]);
    }),
  );
}

/** What our origin has that nobody but an attack would leave there. */
const KEPT = `(async () => [
  ...Object.keys(localStorage).filter((key) => /stolen/.test(key)),
  ...Object.keys(sessionStorage).filter((key) => /stolen/.test(key)),
  ...(document.cookie ? [document.cookie] : []),
  ...(await indexedDB.databases()).map(({ name }) => name),
  ...(await caches.keys()),
  ...(/stolen/.test(document.title) ? [document.title] : []),
  ...({}.stolen === undefined ? [] : ['a property of all objects']),
])()`;

async function countOf(server: string, title: string): Promise<number | undefined> {
  const { data } = await graphql<{ experiments: { totalExperimentsCount: number } }>(
    server,
    'query ($t: String!) { experiments(offset: 0, limit: 1, filters: { title: $t }) { totalExperimentsCount } }',
    { t: title },
  );
  return data?.experiments.totalExperimentsCount;
}
