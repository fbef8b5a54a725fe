import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

export default defineConfig({
  ...config,
  test: {
    ...config.test,
    projects: [
      {
        extends: true,
        test: { include: ['e2e/src/web/screenshots.ts'], globalSetup: ['e2e/src/unpack-chromium.ts'] },
      },
    ],
  },
});
