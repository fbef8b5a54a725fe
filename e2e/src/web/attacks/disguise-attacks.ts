import type { Attack, AttackFacts } from './attack.ts';
import { everything, scripted } from './payload.ts';

const page = (facts: AttackFacts) => `<!doctype html><title>x</title>${scripted(facts)}`;
const disguised = (file: string, content: (facts: AttackFacts) => string = page): Attack => ({
  what: `a page that is called ${JSON.stringify(file)}`,
  file,
  content,
});

/** Files that are not what they are called, and names that are more than names. */
export const DISGUISE_ATTACKS: readonly Attack[] = [
  ...[
    'attack',
    'attack.txt',
    'attack.png',
    'attack.json',
    'attack.csv',
    'attack.log',
    'attack.css',
    'attack.bin',
    'attack.wasm',
    'attack.mp4',
    'attack.zip',
    'attack.yaml',
    'attack.pdf.',
    'attack.html ',
  ].map((file, i) => ({ ...disguised(file), isLong: i % 2 === 1 })),
  { what: 'a script', file: 'attack.js', content: everything },
  {
    what: 'a picture that is a script',
    file: 'attack.gif',
    content: (facts) => `GIF89a=0;${everything(facts)}`,
  },
  {
    what: 'a page that takes another file for its script',
    file: 'attack.html',
    content: ({ server }) =>
      `<script src="${server}/api/files/00000000-0000-0000-0000-000000000000/attack.js"></script><script src="attack.html"></script><script src="?download"></script><link rel="stylesheet" href="?x.css">`,
  },
  ...[
    '<img src=x onerror=localStorage.stolen=1>.txt',
    '"><script>localStorage.stolen=1<／script>.csv',
    "'-localStorage.setItem('stolen',1)-'.txt",
    'javascript:localStorage.stolen=1;.md',
    '{{constructor.constructor("localStorage.stolen=1")()}}.txt',
    'a%22%3E%3Cscript%3E.txt',
    'invoice\u202Efdp.html',
    '\u2066\u2067\u202Etxt.exe',
    `${'\u0301'.repeat(100)}.txt`,
    `${'W'.repeat(240)}.txt`,
    '__proto__',
    'constructor.json',
    '?download&view=frame#.txt',
    'x;filename=attack.html.txt',
    'http:evil.example.txt',
  ].map(
    (file, i): Attack => ({
      what: `the name ${JSON.stringify(file)}`,
      file,
      content: page,
      isLong: i % 2 === 1,
    }),
  ),
];
