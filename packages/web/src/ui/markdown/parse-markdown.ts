import type { Element, Root } from 'hast';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { nameHeadings } from './heading-ids.ts';
import { remarkFormulas } from './remark-formulas.ts';

/** A text as elements. */
export interface ParsedMarkdown {
  readonly tree: Root;
  /** There are more, which are left out: a page with all of them would stumble. */
  readonly isCut: boolean;
}

/** Source code and formulas go from left to right in every language. */
const OF_LETTERS: ReadonlySet<string> = new Set([
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...['p', 'ul', 'ol', 'blockquote', 'table'],
]);
const MOST_NODES = 30_000;
/** A formula becomes many elements. */
const FORMULA_NODES = 60;

/** Markdown as GitHub understands it, with formulas. Raw HTML stays text: elements are made of Markdown only. */
export function parseMarkdown(text: string): ParsedMarkdown {
  let tree: Root = { type: 'root', children: [] };
  // It is a function of its text. What it makes are elements of React, and no worker can send them: their tree it can.
  ReactMarkdown({
    children: text,
    remarkPlugins: [remarkGfm, remarkFormulas],
    rehypePlugins: [() => (made: Root) => void (tree = made)],
  });
  const isCut = cut(tree);
  nameHeadings(tree);
  followLetters(tree);
  return { tree, isCut };
}

/** Lets each block of texts begin at the right or the left, as its letters do. */
function followLetters(root: Root): void {
  for (const child of root.children)
    if (child.type === 'element' && OF_LETTERS.has(child.tagName)) child.properties.dir = 'auto';
}

/** Leaves out what is behind the most nodes, and says whether there was anything. */
function cut(root: Root): boolean {
  let left = MOST_NODES;
  const waiting: (Root | Element)[] = [root];
  let isCut = false;
  for (let parent = waiting.pop(); parent; parent = waiting.pop()) {
    const children = parent.children;
    const kept = children.findIndex((child) => {
      left -= child.type === 'element' && isFormula(child) ? FORMULA_NODES : 1;
      return left < 0;
    });
    if (kept !== -1) {
      isCut = true;
      children.length = kept;
    }
    for (const child of children.toReversed()) if (child.type === 'element') waiting.push(child);
  }
  return isCut;
}

function isFormula({ tagName, properties: { className } }: Element): boolean {
  return tagName === 'code' && Array.isArray(className) && className.includes('language-math');
}
