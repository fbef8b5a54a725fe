import { expect, test } from 'vitest';
import { allowedVariables } from './task-environment.ts';

test('a task sees the proxies of its server, however they are named, and of all else what is allowed', () => {
  const seen = {
    PATH: '/bin',
    LC_ALL: 'C',
    http_proxy: 'a',
    HTTPS_PROXY: 'b',
    ftp_proxy: 'c',
    RSYNC_PROXY: 'd',
    no_proxy: 'e',
    LAB_KEY: 'f',
  };
  const hidden = {
    DATABASE_URL: 'x',
    PROXY: 'x',
    HTTP_PROXY_PASSWORD: 'x',
    Http_Proxy: 'x',
    NPM_CONFIG_REGISTRY: 'http://user:secret@registry',
    OTHER: undefined,
  };
  expect(allowedVariables({ ...seen, ...hidden }, { taskEnv: ['LAB_KEY', 'OTHER'] })).toEqual(seen);
});
