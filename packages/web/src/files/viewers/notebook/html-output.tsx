import { useIntersection } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { styleNonce } from '../../../app/style-nonce.ts';
import classes from './notebook.module.css';

/** What the page's policy refuses in the frame anyway, and would complain about. */
const REFUSED = 'script, iframe, frame, object, embed, link, meta, base, form, portal, fencedframe';
const ROW_PX = 26;
const LEAST_PX = 60;
const MOST_PX = 420;

const STYLE = `
  :root { color-scheme: light; font: 13px/1.5 system-ui, sans-serif }
  body { margin: 4px }
  table { border-collapse: collapse }
  th, td { padding: 2px 10px; border: 1px solid #dfe3e8; text-align: right }
  th { background: #f4f6f8 }
`;

/**
 * HTML that a cell gave: in a frame that has no origin, runs no script, and reaches nothing. It has the policy of the page
 * as well, for `srcdoc` inherits it.
 */
export function HtmlOutput({ html }: { readonly html: string }) {
  const { page, height } = useMemo(() => pageOf(html), [html]);
  // Each frame costs a process: those that nobody has scrolled to wait.
  const { ref, entry } = useIntersection({ rootMargin: '300px' });
  const [wasSeen, setSeen] = useState(false);
  if (entry?.isIntersecting && !wasSeen) setSeen(true);
  return (
    <div ref={ref} className={classes.html} style={{ height }}>
      {wasSeen && <iframe title="HTML output" srcDoc={page} sandbox="" referrerPolicy="no-referrer" />}
    </div>
  );
}

/** The page for the frame. That it is harmless is up to the frame; here it is only made quiet, and nicer to read. */
function pageOf(html: string): { page: string; height: number } {
  const parsed = new DOMParser().parseFromString(allowedStyles(html), 'text/html');
  for (const element of parsed.querySelectorAll(REFUSED)) element.remove();
  for (const element of parsed.querySelectorAll('*')) {
    for (const { name } of [...element.attributes])
      if (name === 'style' || name.startsWith('on')) element.removeAttribute(name);
  }
  const rows = parsed.querySelectorAll('tr, p, li, br, h1, h2, h3, h4, pre, div').length;
  const height = Math.min(MOST_PX, Math.max(LEAST_PX, (rows + 1) * ROW_PX));
  const style = `<style nonce="${styleNonce}">${STYLE}</style>`;
  return { page: `<!doctype html>${style}${parsed.documentElement.outerHTML}`, height };
}

/** The policy knows style elements by their nonce, and takes no style attributes: already where they are parsed. */
function allowedStyles(html: string): string {
  return html.replace(/<[a-z][^<>]*>/gi, (tag) =>
    tag.replace(/^<style\b/i, `<style nonce="${styleNonce}"`).replace(/\sstyle\s*=/gi, ' data-style='),
  );
}
