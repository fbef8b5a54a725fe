import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Contents } from '../contents.tsx';
import { useViewerSettings } from '../use-viewer-settings.ts';
import viewer from '../viewer.module.css';
import { ArrayView } from './array-view.tsx';
import type { NdArray } from './nd-array.ts';

interface ChosenArrayProps {
  /** Tells files and their versions apart. */
  readonly id: string;
  /** Of the arrays; there is at least one. */
  readonly names: readonly string[];
  readonly open: (name: string, signal: AbortSignal) => Promise<NdArray>;
}

/** One of the arrays of a file, to be chosen; which one stands in the address. */
export function ChosenArray({ id, names, open }: ChosenArrayProps) {
  const [{ path }, change] = useViewerSettings();
  const name = names.find((known) => known === path) ?? names[0] ?? '';
  const query = useQuery({
    queryKey: ['array of file', id, name],
    queryFn: ({ signal }) => open(name, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    structuralSharing: false,
  });
  return (
    <>
      <div className={viewer.bar}>
        <Select
          size="xs"
          flex={1}
          maw={420}
          aria-label="Array"
          data={names}
          value={name}
          searchable
          // Another array has other dimensions and other numbers.
          onChange={(value) =>
            value !== null && change({ path: value, slice: undefined, zoom: undefined, look: undefined })
          }
          allowDeselect={false}
        />
      </div>
      <Contents query={query}>{(array) => <ArrayView id={`${id} ${name}`} array={array} />}</Contents>
    </>
  );
}
