import { expect } from 'vitest';

/** I7: no answer shows what is inside: paths of the disk, SQL, stack traces. */
export function expectHarmless(status: number, body: string): void {
  expect(status, body).toBeLessThan(500);
  expect(body).not.toMatch(
    /\/(tmp|home|root|usr|var)\/|node_modules|SQLITE|\bselect .* from\b|insert into| at .*\.(ts|js):\d+/i,
  );
}
