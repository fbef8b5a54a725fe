import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Which packages a package may import. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  client: ['contract'],
  server: ['contract'],
  cli: ['client', 'server'],
  extensions: ['client'],
  web: ['client'],
};

/** The rooms of the server: each may import those before it. */
const ROOMS = [
  'platform',
  'access',
  'experiments',
  'files',
  'extensions',
  'tasks',
  'archive',
  'check',
  'sample-data',
  'app',
];

const sources = globSync(['packages/*/src/**/*.{ts,tsx}', 'extensions/*/*.ts']).filter(
  (file) => !/\.test\.ts$|\/testing\/|\/generated\//.test(file),
);

test('there are sources to look at', () => expect(sources.length).toBeGreaterThan(50));

test.each(sources)('%s imports only what it may', (file) => {
  const owner = ownerOf(file);
  for (const imported of importsOf(file)) {
    if (imported.startsWith('.'))
      expect(
        ownerOf(pathOf(imported, file)),
        `${file} imports ${imported}: packages are imported by name`,
      ).toBe(owner);
    const [, target] = /^@aqueduct\/([^/]+)/.exec(imported) ?? [];
    if (target !== undefined && target !== owner)
      expect(PACKAGES[owner], `${file} imports ${imported}`).toContain(target);
    const webRoom = webRoomOf(file);
    const otherWebRoom = imported.startsWith('.') ? webRoomOf(pathOf(imported, file)) : undefined;
    if (webRoom === 'ui' && otherWebRoom !== undefined) {
      expect(otherWebRoom, `${file} imports ${imported}: the room "ui" knows no feature`).toBe('ui');
    }
    const room = roomOf(file);
    const other = imported.startsWith('.') ? roomOf(pathOf(imported, file)) : undefined;
    if (room === undefined || other === undefined) continue;
    expect(ROOMS.indexOf(other), `${file} imports ${imported}`).toBeLessThanOrEqual(ROOMS.indexOf(room));
  }
});

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

/** The package of a file, or `extensions`. */
function ownerOf(file: string): string {
  return /^(?:packages\/)?([^/]+)/.exec(file)?.[1] ?? '';
}

function roomOf(file: string): string | undefined {
  const [, room] = /^packages\/server\/src\/([^/]+)\//.exec(file) ?? [];
  return room !== undefined && ROOMS.includes(room) ? room : undefined;
}

function webRoomOf(file: string): string | undefined {
  return /^packages\/web\/src\/([^/]+)\//.exec(file)?.[1];
}

function pathOf(imported: string, file: string): string {
  return new URL(imported, `file:///${file}`).pathname.slice(1);
}
