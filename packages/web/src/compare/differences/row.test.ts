import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { SameGroup } from './parameter-group.tsx';
import { Row } from './row.tsx';

const NAME = 'invoice\u202Efdp.html';

test('a name whose letters are turned around is shown as what it is, in rows and in titles', () => {
  const row = createElement(Row, { name: NAME, cells: [] });
  expect(renderToStaticMarkup(row)).toContain('invoice⟨U+202E⟩fdp.');
  const file = { name: NAME, sources: [], isSame: true };
  const group = createElement(SameGroup, { file, experiments: [] });
  expect(renderToStaticMarkup(group)).toContain('invoice⟨U+202E⟩fdp.html');
});
