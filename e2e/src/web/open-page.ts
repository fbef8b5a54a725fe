import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

/** How a page looks: each is tried, and photographed. */
export const looks = [
  { name: 'light', colorScheme: 'light', width: 1440 },
  { name: 'dark', colorScheme: 'dark', width: 1440 },
  { name: 'light-narrow', colorScheme: 'light', width: 390 },
  { name: 'dark-narrow', colorScheme: 'dark', width: 390 },
] as const;
export type Look = (typeof looks)[number];

const HEIGHT = 900;
/** For a slow machine: an expectation waits this long. */
const PATIENCE_MS = 20_000;

interface OpenOptions extends Partial<Pick<Look, 'colorScheme'>> {
  readonly width?: number;
  readonly context?: BrowserContextOptions;
}

/** A page of the web interface, and all that it complained about. */
export interface OpenPage {
  readonly page: Page;
  /** What the console, the content security policy and failed requests said. A test ends with it empty. */
  readonly complaints: string[];
  /** Requests to other hosts; there are none, ever. */
  readonly strangers: string[];
  close(): Promise<void>;
}

/** Opens an address of a server in a profile of its own. */
export async function openPage(browser: Browser, url: string, options: OpenOptions = {}): Promise<OpenPage> {
  const { colorScheme = 'light', width = 1440, context: more } = options;
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: HEIGHT },
    // Mantine's transitions would be in the pictures.
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    ...more,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const address = new URL(request.url());
    if (/^https?:/.test(address.protocol) && address.origin !== new URL(url).origin)
      strangers.push(address.href);
  });
  await page.goto(url);
  return { page, complaints, strangers, close: () => context.close() };
}

/** Expects that a page did nothing that it should not: no word in the console, no request to another host. */
export function expectQuiet({ complaints, strangers }: OpenPage): void {
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
}

/** The part of an experiment's page that shows a file. */
export const VIEWER = 'section[aria-label="Viewer"]';

/**
 * Expects that axe finds nothing serious on a page as it is now, or in a part of it: a page takes axe five seconds, and
 * what stands around the part is looked at elsewhere.
 */
export async function expectAccessible(page: Page, part = 'html'): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.map(({ id, nodes }) => [
      id,
      ...nodes.slice(0, 3).map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
    ]),
  ).toEqual([]);
}
