import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Hostile pages take all of the processor, and other tests have clients that give up after 0.5 s: they come last. */
class HostilePagesLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isHostile = ({ moduleId }: TestSpecification) => moduleId.endsWith('preview-attacks.test.ts');
    const sorted = await super.sort(files);
    return [...sorted.filter((file) => !isHostile(file)), ...sorted.filter(isHostile)];
  }
}

export default defineConfig({
  resolve: { conditions: ['aqueduct-source'] },
  ssr: { resolve: { conditions: ['aqueduct-source'], externalConditions: ['aqueduct-source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'e2e/src/**/*.test.ts', '*.test.ts'],
    globalSetup: ['packages/server/src/testing/global-setup.ts', 'e2e/src/unpack-chromium.ts'],
    maxWorkers: 2,
    sequence: { sequencer: HostilePagesLast },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is polled for comes late on a machine with other work.
    expect: { poll: { timeout: 20_000 } },
    env: { TZ: 'UTC' },
  },
});
