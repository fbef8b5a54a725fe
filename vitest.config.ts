import { configDefaults, defineConfig } from 'vitest/config';

/** Hostile pages take all of the processor, and other tests have clients that give up after 0.5 s. */
const HOSTILE_PAGES = 'e2e/src/faults/preview-attacks.test.ts';
const CHROMIUM = 'e2e/src/unpack-chromium.ts';

export default defineConfig({
  resolve: { conditions: ['aqueduct-source'] },
  ssr: { resolve: { conditions: ['aqueduct-source'], externalConditions: ['aqueduct-source'] } },
  test: {
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is polled for comes late on a machine with other work.
    expect: { poll: { timeout: 20_000 } },
    env: { TZ: 'UTC' },
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['packages/*/src/**/*.test.ts', 'e2e/src/**/*.test.ts', '*.test.ts'],
          exclude: [...configDefaults.exclude, HOSTILE_PAGES],
          globalSetup: ['packages/server/src/testing/global-setup.ts', CHROMIUM],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'hostile pages',
          include: [HOSTILE_PAGES],
          globalSetup: [CHROMIUM],
          // When all others are done.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
