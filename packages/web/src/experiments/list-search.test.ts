import { expect, test } from 'vitest';
import { listVariables, parseListSearch, type Scope } from './list-search.ts';

const tags = Array.from({ length: 12 }, (_, i) => `t${i}`);

test.each([
  ['all', 'all', 6],
  ['favourites', 'all', 5],
  ['archived', 'all', 5],
  ['all', undefined, 10],
  ['favourites', undefined, 10],
] as const)(
  'of tags in the address of %s, matching %s, %i count, and those stand in the field',
  (scope, match, most) => {
    const search = parseListSearch({ tags: JSON.stringify(tags), match }, scope);
    expect(search.tags).toEqual(tags.slice(0, most));
    expect(filtersOf(scope, search)).toEqual(search.tags);
  },
);

test('of tags in an address, those are left out that none can be', () => {
  expect(parseListSearch({ tags: 'bad!tag' }, 'all')).toEqual({});
  const tags = JSON.stringify(['größe', 'run/3', 'x'.repeat(65), '__favourite__']);
  expect(parseListSearch({ tags }, 'all')).toEqual({ tags: ['run/3', '__favourite__'] });
});

test('of authors in an address, as many count as the server takes', () => {
  const authors = Array.from({ length: 11 }, (_, i) => `user-${i}`);
  expect(parseListSearch({ authors: JSON.stringify(authors) }, 'all').authors).toEqual(authors.slice(0, 10));
});

test('a long text in an address is cut between characters', () => {
  const title = `${'x'.repeat(63)}🧪`;
  expect(parseListSearch({ title: `${title}🧪` }, 'all').title).toBe(title);
});

test.each([
  ['20261127-9 ', '20261127-9'],
  ['  rabi of  3 ', 'rabi of  3'],
  ['  ', undefined],
])('%j in the address stays, and is searched as %j', (title, searched) => {
  const search = parseListSearch({ title }, 'all');
  expect(search.title).toBe(title);
  expect(listVariables('all', search).filters.title).toBe(searched);
});

/** The tags that the server is asked for, without the mark of the scope. */
function filtersOf(scope: Scope, search: ReturnType<typeof parseListSearch>) {
  const { tags: any = [], shouldIncludeTags: all = [] } = listVariables(scope, search).filters;
  return [...(any ?? []), ...(all ?? [])].filter((tag) => !tag.startsWith('__'));
}
