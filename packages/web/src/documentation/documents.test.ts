import { existsSync, globSync } from 'node:fs';
import type { Root } from 'hast';
import { expect, test } from 'vitest';
import { parseMarkdown } from '../ui/markdown/parse-markdown.ts';
import { documents, linkedDocument, type ManualPage, readDocument } from './documents.ts';

/** What only the repository has. In the web interface they are shown as text. */
const OUTSIDE = ['README.md', 'docs/decisions/'];

test('every page of docs/ is among them', () => {
  const paths = documents.map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith('docs/')).toSorted()).toEqual(
    globSync('docs/*.md').toSorted(),
  );
});

test.each(documents)('$path has links only to what is there', async (page) => {
  for (const link of (await partsOf(page)).links) {
    if (/^https?:/.test(link)) continue;
    const linked = linkedDocument(page, link);
    if (linked?.hash) {
      const id = `user-content-${decodeURIComponent(linked.hash.slice(1))}`;
      expect((await partsOf(linked.document)).ids, link).toContain(id);
    } else if (!linked) {
      const path = new URL(link, `file:///${page.path}`).pathname.slice(1);
      expect(OUTSIDE, link).toContain(path);
      expect(existsSync(path), link).toBe(true);
    }
  }
});

async function partsOf({ path }: ManualPage): Promise<{ links: string[]; ids: string[] }> {
  const links: string[] = [];
  const ids: string[] = [];
  const visit = (nodes: Root['children']) => {
    for (const node of nodes) {
      if (node.type !== 'element') continue;
      const { href, id } = node.properties;
      if (typeof href === 'string') links.push(href);
      if (typeof id === 'string') ids.push(id);
      visit(node.children);
    }
  };
  visit(parseMarkdown(await readDocument(path)).tree.children);
  return { links, ids };
}
