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
    NODE_EXTRA_CA_CERTS: '/ca.pem',
    npm_config_registry: 'http://registry',
    LAB_KEY: 'f',
  };
  const hidden = {
    DATABASE_URL: 'x',
    PROXY: 'x',
    HTTP_PROXY_PASSWORD: 'x',
    Http_Proxy: 'x',
    npm_config__auth: 'x',
    npm_config_local_prefix: '/server',
    OTHER: undefined,
  };
  expect(allowedVariables({ ...seen, ...hidden }, { taskEnv: ['LAB_KEY', 'OTHER'] })).toEqual(seen);
});
