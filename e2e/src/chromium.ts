import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a real Chromium: that of the system, or the one that npm brings; a sentence where there is none. */
export async function startChromium(args: readonly string[] = []): Promise<Browser | string> {
  try {
    return await chromium.launch({
      executablePath: await findChromium(),
      args: [...ARGS, ...args],
      // Without a language, Chromium gives downloads no name that is not ASCII.
      env: { LANG: 'C.UTF-8', ...process.env },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return `There is no Chromium that runs here (${reason}).`;
  }
}

/** Where it lies; the one of npm is unpacked into the temporary folder the first time. */
export async function findChromium(): Promise<string> {
  const system = SYSTEM.find((path) => existsSync(path));
  if (system !== undefined) return system;
  const { default: bundled } = await import('@sparticuz/chromium');
  return bundled.executablePath();
}
