import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['aqueduct-source'] },
  ssr: { resolve: { conditions: ['aqueduct-source'], externalConditions: ['aqueduct-source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'e2e/src/**/*.test.ts', '*.test.ts'],
    globalSetup: ['packages/server/src/testing/global-setup.ts', 'e2e/src/unpack-chromium.ts'],
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is polled for comes late on a machine with other work.
    expect: { poll: { timeout: 20_000 } },
    env: { TZ: 'UTC' },
  },
});
