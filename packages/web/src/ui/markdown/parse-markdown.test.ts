import { expect, test } from 'vitest';
import { parseMarkdown } from './parse-markdown.ts';

test.each([
  ['cost $5 and $6', []],
  ['$5, $6 or 7 $; *$8* and\n$ 9 $', []],
  ['$5 for $x^2$', ['x^2']],
  ['$x$2 and US$5', []],
  ['($a b$), **$c$**-axis, $d$', ['a b', 'c', 'd']],
  ['in $$5 $ a$$2 one', ['5 $ a']],
  ['$$\ny = 5\n$$', ['y = 5']],
  ['`$no$` \\$5 and \\$6', []],
])('%j has the formulas %j', (text, formulas) => {
  expect(formulasOf(text)).toEqual(formulas);
});

test('what is no formula is read as other text', () => {
  expect(JSON.stringify(parseMarkdown('$5 *or* $6').tree)).toContain('"tagName":"em"');
});

test('texts go in the direction of their letters, source code and formulas do not', () => {
  const { children } = parseMarkdown('# א\n\nב\n\n- ג\n\n    ד\n\n```\nה\n```\n\n$$\nx\n$$').tree;
  expect(children.flatMap((child) => (child.type === 'element' ? [child.properties.dir] : []))).toEqual([
    ...['auto', 'auto', 'auto'],
    ...[undefined, undefined],
  ]);
});

function formulasOf(text: string): string[] {
  const found: string[] = [];
  JSON.stringify(parseMarkdown(text).tree, (_, node) => {
    if (node?.tagName === 'code' && String(node.properties.className).includes('math'))
      found.push(node.children[0].value);
    return node;
  });
  return found;
}
