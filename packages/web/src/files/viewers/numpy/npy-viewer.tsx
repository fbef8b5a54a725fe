import { useQuery } from '@tanstack/react-query';
import { ArrayView } from '../arrays/array-view.tsx';
import { ChosenArray } from '../arrays/chosen-array.tsx';
import { Contents } from '../contents.tsx';
import type { FileSource } from '../file-source.ts';
import type { ViewerProps } from '../registry.ts';
import { bytesOfFile } from './byte-source.ts';
import { openNpyArray } from './npy-array.ts';
import { openNpzArchive } from './npz-archive.ts';

/** NumPy's arrays: one in a `.npy` file, several in a `.npz` archive. */
export function NpyViewer({ source }: ViewerProps) {
  return /\.npz$/i.test(source.name) ? <Archive source={source} /> : <Single source={source} />;
}

function Single({ source }: { readonly source: FileSource }) {
  const query = useQuery({
    queryKey: ['npy', source.id, source.changed],
    // Which version it is of stays with it: for a while it is shown in the place of the next one.
    queryFn: async ({ signal }) => ({
      id: `${source.id} ${source.changed}`,
      array: await openNpyArray(source.name.replace(/\.npy$/i, ''), bytesOfFile(source.location), signal),
    }),
    placeholderData: (before) => before,
    structuralSharing: false,
  });
  return <Contents query={query}>{(shown) => <ArrayView {...shown} />}</Contents>;
}

function Archive({ source }: { readonly source: FileSource }) {
  const query = useQuery({
    queryKey: ['npz', source.id, source.changed],
    queryFn: async () => ({
      id: `${source.id} ${source.changed}`,
      ...(await openNpzArchive(bytesOfFile(source.location))),
    }),
    placeholderData: (before) => before,
    structuralSharing: false,
  });
  return (
    <Contents query={query}>
      {({ id, entries, isCut }) => (
        <ChosenArray
          id={id}
          names={entries.map(({ name }) => name)}
          note={isCut ? `Of its arrays, the first ${entries.length.toLocaleString()} are listed.` : undefined}
          open={async (name, signal) => {
            const entry = entries.find((known) => known.name === name);
            if (!entry) throw new Error('There are no arrays in this archive.');
            return entry.open(signal);
          }}
        />
      )}
    </Contents>
  );
}
