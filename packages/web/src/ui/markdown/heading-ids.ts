import type { Element, Root } from 'hast';

/** Before every id that comes of a text: none is one of the page's own then. remark-gfm names footnotes so, too. */
export const ID_PREFIX = 'user-content-';

/** Gives the headings of a text the ids that GitHub gives them, behind the prefix. */
export function nameHeadings(root: Root): void {
  /** How many headings would be called so. */
  const counts = new Map<string, number>();
  for (const element of elementsOf(root)) {
    if (!/^h[1-6]$/.test(element.tagName) || element.properties.id !== undefined) continue;
    const slug = slugOf(textOf(element));
    if (slug !== '') element.properties.id = ID_PREFIX + unusedName(slug, counts);
  }
}

/** By GitHub's rule (TableOfContentsFilter of html-pipeline): letters, marks, digits, connectors, hyphens; blanks become hyphens. */
function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

function unusedName(slug: string, counts: Map<string, number>): string {
  let name = slug;
  while (counts.has(name)) {
    const count = (counts.get(slug) ?? 0) + 1;
    counts.set(slug, count);
    name = `${slug}-${count}`;
  }
  counts.set(name, 0);
  return name;
}

function textOf(heading: Element): string {
  let text = '';
  const waiting: Element['children'] = [heading];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'text') text += node.value;
    if (node.type === 'element') waiting.push(...node.children.toReversed());
  }
  return text;
}

/** In the order of the text; without recursion, for what is nested deeply on purpose. */
function* elementsOf(root: Root): Generator<Element, void, undefined> {
  const waiting = [...root.children].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type !== 'element') continue;
    yield node;
    waiting.push(...node.children.toReversed());
  }
}
