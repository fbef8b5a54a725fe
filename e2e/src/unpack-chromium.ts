import { findChromium } from './chromium.ts';

/**
 * Unpacks Chromium before the tests, once: a test that starts it while another one still unpacks it finds a busy file,
 * and would be left out.
 */
export async function setup(): Promise<void> {
  // Where there is none, those that need it say so.
  await findChromium().catch(() => undefined);
}
