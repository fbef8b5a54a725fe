import { type Attack, type AttackFacts, onlyInFull } from './attack.ts';
import { inAttribute, mutation, scripted } from './payload.ts';

const markdown = (what: string, text: (facts: AttackFacts) => string): Attack => ({
  what: `Markdown: ${what}`,
  file: 'attack.md',
  content: text,
});

/** Texts that are more than texts. */
export const MARKDOWN_ATTACKS: readonly Attack[] = [
  markdown(
    'HTML',
    (facts) => `# Text\n\n${scripted(facts)}\n\n<img src="x:" onerror="${inAttribute(facts)}">\n`,
  ),
  markdown('links that are scripts', () =>
    [
      'javascript:',
      'JaVaScRiPt:',
      'java\tscript:',
      '&#106;avascript:',
      'data:text/html,<script>',
      'vbscript:',
      ' javascript:',
    ]
      .map(
        (scheme) =>
          `[link](${scheme}localStorage.stolen=1) [ref]: ${scheme}localStorage.stolen=1 <${scheme}localStorage.stolen=1>`,
      )
      .join('\n\n'),
  ),
  markdown(
    'pictures of another host',
    ({ canary }) =>
      `![a](${canary.url}/image) ![b](//${canary.url.replace(/^https?:/, '').slice(2)}/image) ![c][ref]\n\n[ref]: ${canary.url}/ref\n\n<img src="${canary.url}/html">\n\n![d](\\\\${canary.url.slice(7)}/back)`,
  ),
  markdown('pictures that call the API', (facts) => {
    const { query } = JSON.parse(mutation(facts)) as { query: string };
    return `![a](${facts.server}/api/graphql?query=${encodeURIComponent(query)}) ![b](/api/graphql?query=${encodeURIComponent(query)}) ![c](../../graphql?query=${encodeURIComponent(query)})`;
  }),
  markdown(
    'formulas that are pages',
    ({ canary }) =>
      `$\\href{javascript:localStorage.stolen=1}{x}$ $\\url{javascript:localStorage.stolen=1}$ $\\includegraphics{${canary.url}/image}$ $\\htmlData{a=b}{x} \\htmlStyle{background: url(${canary.url}/style)}{x} \\htmlId{root}{x}$`,
  ),
  onlyInFull(
    markdown('formulas that grow', () =>
      [
        '$\\def\\a{\\a\\a}\\a$',
        `$${'\\def\\x'.repeat(50)}$`,
        `$\\def\\a#1{#1#1#1#1#1#1#1#1}\\a{\\a{\\a{\\a{\\a{\\a{\\a{x}}}}}}}$`,
        '$\\rule{1000000em}{1000000em}$',
      ].join('\n\n'),
    ),
  ),
  markdown('a formula that is deep', () => `$${'x^{'.repeat(20_000)}${'}'.repeat(20_000)}$`),
  onlyInFull(markdown('a formula that is long', () => `$$${'\\frac{a}{b} + '.repeat(20_000)}1$$`)),
  onlyInFull(markdown('a hundred thousand formulas', () => '$x_1$ '.repeat(100_000))),
  markdown('brackets', () => '['.repeat(100_000)),
  onlyInFull(markdown('brackets with images', () => '![[]('.repeat(50_000))),
  onlyInFull(markdown('stars', () => `${'*a **b '.repeat(50_000)}`)),
  onlyInFull(markdown('underscores', () => `${'_a __b_ '.repeat(50_000)}`)),
  onlyInFull(markdown('backticks', () => Array.from({ length: 1300 }, (_, i) => '`'.repeat(i)).join(' '))),
  markdown('quotes in quotes', () => `${'>'.repeat(50_000)} text`),
  onlyInFull(
    markdown('lists in lists', () =>
      Array.from({ length: 1200 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n'),
    ),
  ),
  markdown(
    'a table of many columns',
    () => `${'|a'.repeat(20_000)}|\n${'|-'.repeat(20_000)}|\n${'|1'.repeat(20_000)}|\n`,
  ),
  onlyInFull(markdown('a table of many rows', () => `|a|b|\n|-|-|\n${'|1|2|\n'.repeat(100_000)}`)),
  onlyInFull(
    markdown(
      'definitions',
      () => `${Array.from({ length: 20_000 }, (_, i) => `[${i}]: x`).join('\n')}\n\n${'[1]'.repeat(50_000)}`,
    ),
  ),
  onlyInFull(markdown('HTML that does not end', () => '<a '.repeat(100_000))),
  onlyInFull(markdown('addresses', () => 'www.a.b.c@'.repeat(50_000))),
  onlyInFull(markdown('paragraphs', () => 'a\n\n'.repeat(300_000))),
];
