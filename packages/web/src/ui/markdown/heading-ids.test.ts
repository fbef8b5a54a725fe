import type { Element } from 'hast';
import { expect, test } from 'vitest';
import { nameHeadings } from './heading-ids.ts';
import { parseMarkdown } from './parse-markdown.ts';

function idsOf(text: string): unknown[] {
  return parseMarkdown(text).tree.children.flatMap((node) =>
    node.type === 'element' ? [node.properties.id] : [],
  );
}

// What github-slugger gives, which follows GitHub.
test.each([
  ['# Running actions', 'running-actions'],
  ['## Files that mean *harm*, and `code()`', 'files-that-mean-harm-and-code'],
  ['### Größe_1 – 20 mK?', 'größe_1--20-mk'],
  ['# Привет, 世界', 'привет-世界'],
  ['# `--data-dir` [link](x.md) 😀', '--data-dir-link-'],
])('%s has the id that GitHub gives it', (text, slug) => {
  expect(idsOf(text)).toEqual([`user-content-${slug}`]);
});

test('headings that are called alike are told apart', () => {
  expect(idsOf('# A\n# A\n# A-1\n# A')).toEqual(
    ['a', 'a-1', 'a-1-1', 'a-2'].map((slug) => `user-content-${slug}`),
  );
});

test('one of signs alone has none, and neither has what is no heading', () => {
  expect(idsOf('# 😀\n\ntext')).not.toContain('user-content-');
  expect(idsOf('text\n\n> quote')).toEqual([undefined, undefined]);
});

test('many that are called alike, or are nested deeply, take no time', () => {
  const heading = (text: string): Element => element('h1', [{ type: 'text', value: text }]);
  const many = Array.from({ length: 15_000 }, (_, i) => heading(i % 2 === 0 ? 'A' : 'A-1'));
  let deep = heading('deep');
  for (let depth = 0; depth < 15_000; depth += 1) deep = element('blockquote', [deep]);
  const start = performance.now();
  nameHeadings({ type: 'root', children: [...many, deep] });
  expect(performance.now() - start).toBeLessThan(2000);
  expect(new Set(many.map(({ properties }) => properties.id)).size).toBe(many.length);
});

function element(tagName: string, children: Element['children']): Element {
  return { type: 'element', tagName, properties: {}, children };
}
