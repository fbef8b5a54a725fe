import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { leftOut, temporaryFolder } from '@aqueduct/server/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { create } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';

const DOCUMENT = fileURLToPath(new URL('../../../docs/resumable-uploads.md', import.meta.url));
/** KiB of addresses that a process may have: curl itself takes 100,000. */
const MEMORY = 200_000;
const BYTES = 256 * 1024 * 1024;

const hasTools = ['curl', 'bash'].every((tool) => !spawnSync(tool, ['--version']).error);

const isLeftOut = leftOut(
  process.platform !== 'linux' || !hasTools,
  'the example of docs/resumable-uploads.md',
  'it needs Linux, curl and bash',
);

describe.skipIf(isLeftOut)('the example of docs/resumable-uploads.md', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => void (await server.stop()));

  test.each(['data.h5', 'größe [1] {a,b}.h5'])(
    'uploads a file that does not fit into memory: %s',
    async (name) => {
      const { uuid } = await create(server.url, 'by curl');
      const folder = await temporaryFolder();
      writeFileSync(join(folder, name), 'the beginning');
      truncateSync(join(folder, name), BYTES);
      const example = /```sh\n([\s\S]*?)```/.exec(readFileSync(DOCUMENT, 'utf8'))?.[1] ?? '';
      const program = example
        .replaceAll('http://localhost:8000', server.url)
        .replace('file=data.h5; uuid=…;', `file='${name}'; uuid=${uuid};`);
      execFileSync('bash', ['-euo', 'pipefail', '-c', `ulimit -v ${MEMORY}; ${program}`], {
        cwd: folder,
        stdio: 'pipe',
      });
      const { headers } = await fetch(`${server.url}/api/files/${uuid}/${encodeURIComponent(name)}`, {
        method: 'HEAD',
      });
      expect(Number(headers.get('content-length'))).toBe(BYTES);
    },
  );
});
