/** Pages run no script but our own, are framed by nobody, and tell no other site where a link came from. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
    "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
} as const;

/** Makes a text harmless inside HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
  :root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #d9dee5; --paper: #fff; --tint: #f4f6f9; --accent: #0b63c5 }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e4e9f0; --soft: #98a4b3; --line: #303844; --paper: #14181e; --tint: #1c222b; --accent: #6db1ff }
  }
  body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, sans-serif }
  main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.25rem }
  h1 { font-size: 1.5rem; margin: 0 0 .25rem } h2 { font-size: 1.05rem; margin: 2.25rem 0 .5rem }
  p { margin: .5rem 0 } .soft { color: var(--soft) } a { color: var(--accent) }
  code, pre { font: 13px/1.5 ui-monospace, monospace } code { background: var(--tint); padding: .1em .3em; border-radius: 4px }
  pre { background: var(--tint); border: 1px solid var(--line); border-radius: 6px; padding: .9rem 1rem; overflow-x: auto }
  pre code { background: none; padding: 0 }
  table { border-collapse: collapse; width: 100% } td, th { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line) }
  td:first-child { width: 13rem }
  .method { font: 600 12px ui-monospace, monospace; color: var(--accent); white-space: nowrap }
`;

/** A page without any script. `body` is HTML. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main>${body}</main></body>
</html>
`;
}
