import { createRequire } from 'node:module';
import { configDefaults, defineConfig } from 'vitest/config';

/**
 * Hostile pages take all of the processor, and clients give up by themselves where nothing comes for 0.5 s, as where other
 * tests hold up the disk, or begin a browser.
 */
const ALONE = [
  'e2e/src/client/browser.test.ts',
  'e2e/src/tasks/pyaqueduct-execute.test.ts',
  'e2e/src/faults/preview-attacks.test.ts',
];
const CHROMIUM = 'e2e/src/unpack-chromium.ts';

export default defineConfig({
  resolve: {
    conditions: ['aqueduct-source'],
    // As Node itself finds it. From another copy of it than graphql-jit's, nothing would be compiled.
    alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }],
  },
  ssr: { resolve: { conditions: ['aqueduct-source'], externalConditions: ['aqueduct-source'] } },
  test: {
    // One more than the processors of CI: many tests wait, for clocks and disks. It takes 20 minutes instead of 28.
    maxWorkers: 3,
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
          exclude: [...configDefaults.exclude, ...ALONE],
          globalSetup: ['packages/server/src/testing/global-setup.ts', CHROMIUM],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ALONE,
          globalSetup: ['packages/server/src/testing/global-setup.ts', CHROMIUM],
          maxWorkers: 1,
          // When all others are done.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
