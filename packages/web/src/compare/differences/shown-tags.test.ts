import { expect, test } from 'vitest';
import { shownTags } from './shown-tags.ts';

test('a star is no tag of an experiment, and that it is archived is', () => {
  expect(shownTags({ tags: ['rabi', '__favourite__'] })).toEqual(['rabi']);
  expect(shownTags({ tags: ['__favourite__'] })).toEqual([]);
  expect(shownTags({ tags: ['rabi', '__archived__'] })).toEqual(['rabi', 'archived']);
});
