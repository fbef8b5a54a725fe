import { describe, expect, test } from 'vitest';
import { testContext } from '../testing/test-context.ts';
import { databases } from '../testing/test-database.ts';
import { addTagsToExperiment } from './add-tags-to-experiment.ts';
import { createExperiment } from './create-experiment.ts';
import { findExperiment } from './find-experiment.ts';
import { findExperiments } from './find-experiments.ts';
import { updateExperiment } from './update-experiment.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe.each(databases)('on %s', (database) => {
  test('half a surrogate pair is refused, and a whole one is kept', async () => {
    const ctx = await testContext(database);
    const { uuid } = await createExperiment(ctx, { title: 'a 🔬', description: '🔬', tags: [] });
    for (const half of ['sur\ud800x', 'sur\udd2c', '\udd2c\ud83d']) {
      const message = (field: string) => `The ${field} contains half of a surrogate pair`;
      const title = { title: half, description: '', tags: [] };
      const description = { title: '', description: half, tags: [] };
      await expect(createExperiment(ctx, title)).rejects.toThrow(message('title'));
      await expect(createExperiment(ctx, description)).rejects.toThrow(message('description'));
      await expect(updateExperiment(ctx, uuid, { title: half })).rejects.toThrow(message('title'));
      await expect(updateExperiment(ctx, uuid, { description: half })).rejects.toThrow(
        message('description'),
      );
      const list = findExperiments(ctx, { limit: 1, offset: 0, filters: { title: half } });
      await expect(list).rejects.toMatchObject({ code: 'BAD_INPUT' });
    }
    const found = await findExperiment(ctx, { type: 'UUID', value: uuid });
    expect(found).toMatchObject({ title: 'a 🔬', description: '🔬' });
  });

  test('of an unknown experiment and repeated tags, the experiment is told first, and wrong tags before it', async () => {
    const ctx = await testContext(database);
    const { uuid } = await createExperiment(ctx, { title: 'a', description: '', tags: [] });
    await expect(addTagsToExperiment(ctx, { uuid: UNKNOWN, tags: ['a', 'A'] })).rejects.toThrow(
      'Non-existing experiment with the specified UUID for the user.',
    );
    await expect(addTagsToExperiment(ctx, { uuid, tags: ['a', 'A'] })).rejects.toThrow(
      'Duplicate tags are not allowed in the request.',
    );
    await expect(addTagsToExperiment(ctx, { uuid: UNKNOWN, tags: ['a', 'A', 'é'] })).rejects.toThrow(
      'Tag can only contain alphanumeric characters',
    );
  });
});
