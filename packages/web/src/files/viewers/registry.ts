import {
  IconBinaryTree,
  IconChartLine,
  IconCode,
  IconDatabase,
  IconFile,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconListTree,
  IconMarkdown,
  IconNotebook,
  IconPhoto,
  IconPlayerPlay,
  IconTable,
  IconTerminal2,
  IconWorld,
} from '@tabler/icons-react';
import type { ComponentType, FunctionComponent } from 'react';
import { lazyPage } from '../../app/lazy-page.tsx';
import { bounds } from './bounds.tsx';
import { isHdf5, isNumpy, isTable, isTree } from './file-kinds.ts';
import type { FileKind, FileSource } from './file-source.ts';
import { isText } from './is-text.ts';
import { languageOf } from './language-of.ts';

export interface ViewerProps {
  readonly source: FileSource;
}

/** A way to look at files. */
export interface Viewer {
  /** Short, for a person to choose from. */
  readonly name: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly canShow: (file: FileKind) => boolean;
  /** Bytes; larger files are not shown by it. What shows a part of larger ones has none. */
  readonly limit?: number;
  /** Loaded when it is needed. */
  readonly component: ComponentType<ViewerProps>;
}

const byType = (pattern: RegExp) => (file: FileKind) => pattern.test(file.type);
const byName = (pattern: RegExp) => (file: FileKind) => pattern.test(file.name);
const lazily = (load: () => Promise<FunctionComponent<ViewerProps>>) =>
  lazyPage<ViewerProps>(load, 'Loading the viewer');

/** What is left where nothing else can show a file. */
export const details: Viewer = {
  name: 'Details',
  icon: IconFile,
  canShow: () => true,
  component: lazily(async () => (await import('./details-viewer.tsx')).DetailsViewer),
};

/** All viewers. Of those that can show a file, the first is the one it opens with. A new kind is one more entry. */
const viewers: readonly Viewer[] = [
  {
    name: 'Markdown',
    icon: IconMarkdown,
    canShow: byType(/markdown/),
    component: lazily(async () => (await import('./markdown-viewer.tsx')).MarkdownViewer),
  },
  {
    name: 'Notebook',
    icon: IconNotebook,
    canShow: (file) => /ipynb/.test(file.type) || /\.ipynb$/i.test(file.name),
    limit: bounds.notebook,
    component: lazily(async () => (await import('./notebook/notebook-viewer.tsx')).NotebookViewer),
  },
  {
    name: 'PDF',
    icon: IconFileTypePdf,
    canShow: byType(/^application\/pdf$/),
    component: lazily(async () => (await import('./pdf/pdf-viewer.tsx')).PdfViewer),
  },
  {
    name: 'Play',
    icon: IconPlayerPlay,
    // By its ending, a file of TypeScript is a film.
    canShow: ({ name, type }) =>
      /^(audio|video)\/|^application\/ogg$/.test(type) && languageOf(name) === undefined,
    component: lazily(async () => (await import('./media/media-viewer.tsx')).MediaViewer),
  },
  {
    name: 'Tables',
    icon: IconDatabase,
    canShow: (file) => /sqlite/.test(file.type) || /\.(db3?|sqlite3?|s3db|sl3)$/i.test(file.name),
    component: lazily(async () => (await import('./sqlite/sqlite-viewer.tsx')).SqliteViewer),
  },
  {
    name: 'NumPy',
    icon: IconChartLine,
    canShow: isNumpy,
    component: lazily(async () => (await import('./numpy/npy-viewer.tsx')).NpyViewer),
  },
  {
    name: 'Contents',
    icon: IconFileZip,
    canShow: (file) =>
      /^application\/(x-)?zip/.test(file.type) ||
      /\.(zip|npz|whl|jar|docx|xlsx|pptx|od[tsp])$/i.test(file.name),
    component: lazily(async () => (await import('./zip/zip-viewer.tsx')).ZipViewer),
  },
  {
    name: 'Data',
    icon: IconTable,
    canShow: isTable,
    limit: bounds.table,
    component: lazily(async () => (await import('./table-viewer.tsx')).TableViewer),
  },
  {
    name: 'HDF5',
    icon: IconBinaryTree,
    canShow: isHdf5,
    component: lazily(async () => (await import('./hdf5/hdf5-viewer.tsx')).Hdf5Viewer),
  },
  {
    name: 'Plot',
    icon: IconChartLine,
    canShow: isHdf5,
    component: lazily(async () => (await import('./hdf5/hdf5-plot-viewer.tsx')).Hdf5PlotViewer),
  },
  {
    name: 'Tree',
    icon: IconListTree,
    canShow: isTree,
    limit: bounds.tree,
    component: lazily(async () => (await import('./tree-viewer.tsx')).TreeViewer),
  },
  {
    name: 'Image',
    icon: IconPhoto,
    canShow: byType(/^image\/(png|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)$/),
    limit: bounds.image,
    component: lazily(async () => (await import('./image-viewer.tsx')).ImageViewer),
  },
  {
    name: 'Image',
    icon: IconPhoto,
    canShow: byType(/^image\/svg\+xml$/),
    limit: bounds.drawing,
    component: lazily(async () => (await import('./svg-viewer.tsx')).SvgViewer),
  },
  {
    name: 'Page',
    icon: IconWorld,
    canShow: byType(/^(text\/html|image\/svg\+xml)$/),
    limit: bounds.frame,
    component: lazily(async () => (await import('./frame-viewer.tsx')).FrameViewer),
  },
  {
    name: 'Log',
    icon: IconTerminal2,
    canShow: byName(/\.(log|ansi|out|err)$/i),
    component: lazily(async () => (await import('./log-viewer.tsx')).LogViewer),
  },
  {
    name: 'Text',
    icon: IconFileText,
    canShow: (file) => isText(file) && /^text\/plain$/.test(file.type),
    component: lazily(async () => (await import('./text-viewer.tsx')).TextViewer),
  },
  {
    name: 'Source',
    icon: IconCode,
    canShow: (file) => isText(file) && !/^text\/plain$/.test(file.type),
    component: lazily(async () => (await import('./text-viewer.tsx')).TextViewer),
  },
];

/** The viewers that can show a file, the best first; there is always one, which says what is known of any file. */
export function viewersFor(file: FileKind): readonly [Viewer, ...Viewer[]] {
  const able = viewers.filter(({ canShow, limit = file.size }) => canShow(file) && file.size <= limit);
  const [first = details, ...others] = able;
  return [first, ...others, ...(first === details ? [] : [details])];
}
