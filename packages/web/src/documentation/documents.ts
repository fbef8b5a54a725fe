/** A page of the documentation, as it lies in the repository. */
export interface ManualPage {
  /** In its address. */
  readonly name: string;
  readonly title: string;
  /** What it answers, for the list of all. */
  readonly about: string;
  /** From the root of the repository. */
  readonly path: string;
}

/** All pages, in the order in which a newcomer needs them. */
export const documents: readonly ManualPage[] = [
  {
    name: 'web-interface',
    title: 'The web interface',
    about: 'what pages show, viewers of files, running extensions',
    path: 'docs/web-interface.md',
  },
  {
    name: 'examples',
    title: 'Examples',
    about: 'whole scripts in Python and TypeScript',
    path: 'examples/README.md',
  },
  {
    name: 'typescript',
    title: 'The TypeScript client',
    about: 'everything that @aqueduct/client does',
    path: 'packages/client/README.md',
  },
  { name: 'api', title: 'API', about: 'what programs can ask the server for', path: 'docs/api.md' },
  {
    name: 'resumable-uploads',
    title: 'Uploads that go on',
    about: 'large files over lines that break, with any tus client',
    path: 'docs/resumable-uploads.md',
  },
  {
    name: 'extensions',
    title: 'Extensions',
    about: 'programs of the laboratory that people run on an experiment',
    path: 'docs/extensions.md',
  },
  {
    name: 'configuration',
    title: 'Configuration',
    about: 'all settings of the server',
    path: 'docs/configuration.md',
  },
  {
    name: 'operation',
    title: 'Operation',
    about: 'health, logs, checks, faults and how they are answered',
    path: 'docs/operation.md',
  },
  {
    name: 'faults',
    title: 'The faults that are tried',
    about: 'what is broken on purpose before a release',
    path: 'docs/faults.md',
  },
  { name: 'performance', title: 'Performance', about: 'how it is measured', path: 'docs/performance.md' },
];

const texts = import.meta.glob<string>(
  ['../../../../docs/*.md', '../../../../examples/README.md', '../../../client/README.md'],
  { query: '?raw', import: 'default' },
);

/** The Markdown of a page, without its heading. */
export async function readDocument(path: string): Promise<string> {
  const place = path.startsWith('packages/') ? path.replace('packages/', '../../../') : `../../../../${path}`;
  const text = await texts[place]?.();
  if (text === undefined) throw new Error(`${path} is not in the bundle.`);
  return text.replace(/^# .*\n/, '');
}

/** Where a link in one of them leads to; undefined where that is out of the documentation. */
export function linkedDocument(
  from: ManualPage,
  link: string,
): { readonly document: ManualPage; readonly hash: string } | undefined {
  const { pathname, hash } = new URL(link, `file:///${from.path}`);
  const document = documents.find(({ path }) => `/${path}` === pathname);
  return document && { document, hash };
}
