/** Languages of highlight.js by the ending of a name. */
const BY_ENDING: Readonly<Record<string, string>> = {
  bash: 'bash',
  c: 'c',
  cc: 'cpp',
  cfg: 'ini',
  cjs: 'javascript',
  cpp: 'cpp',
  cs: 'csharp',
  css: 'css',
  diff: 'diff',
  f90: 'fortran',
  go: 'go',
  h: 'c',
  hpp: 'cpp',
  html: 'xml',
  ini: 'ini',
  ipynb: 'json',
  java: 'java',
  jl: 'julia',
  js: 'javascript',
  json: 'json',
  jsx: 'javascript',
  m: 'matlab',
  md: 'markdown',
  mjs: 'javascript',
  patch: 'diff',
  py: 'python',
  pyi: 'python',
  r: 'r',
  rs: 'rust',
  sh: 'bash',
  sql: 'sql',
  svg: 'xml',
  tex: 'latex',
  toml: 'ini',
  ts: 'typescript',
  tsx: 'typescript',
  v: 'verilog',
  vhd: 'vhdl',
  xml: 'xml',
  yaml: 'yaml',
  yml: 'yaml',
};

const BY_NAME: Readonly<Record<string, string>> = { dockerfile: 'dockerfile', makefile: 'makefile' };

/** The language that a file is written in, by its name. */
export function languageOf(name: string): string | undefined {
  const folded = name.toLowerCase();
  const ending = /\.([^.]+)$/.exec(folded)?.[1] ?? '';
  if (Object.hasOwn(BY_NAME, folded)) return BY_NAME[folded];
  return Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending] : undefined;
}
