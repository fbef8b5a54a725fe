import { describe, expect, test } from 'vitest';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { singleUser, singleUserAsItIs } from './single-user.ts';

describe.each(databases)('the single user, on %s', (database) => {
  test('is named by the server, and by no command beside it', async () => {
    const { db, clock } = await testContext(database);
    const nameFor = async (find: typeof singleUser, username: string) =>
      (await find(db, clock, username)).username;
    expect(await nameFor(singleUser, 'alice')).toBe('alice');
    expect(await nameFor(singleUserAsItIs, 'admin')).toBe('alice');
    expect(await nameFor(singleUser, 'bob')).toBe('bob');
    expect(await nameFor(singleUserAsItIs, 'admin')).toBe('bob');
  });
});
