import { Select, Text } from '@mantine/core';
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
  /** What is left out, in words. */
  readonly note?: string | undefined;
}

/** Names in a list: a longer one takes seconds to open, and nobody reads it. */
const MOST_LISTED = 200;

/** One of the arrays of a file, to be chosen; which one stands in the address. */
export function ChosenArray({ id, names, open, note }: ChosenArrayProps) {
  const [{ path }, change] = useViewerSettings();
  const name = names.find((known) => known === path) ?? names[0] ?? '';
  const query = useQuery({
    queryKey: ['array of file', id, name],
    // Which version it is of stays with it: for a while it is shown in the place of the next one.
    queryFn: async ({ signal }) => ({ id: `${id} ${name}`, array: await open(name, signal) }),
    placeholderData: (before, query) => (query?.queryKey.at(-1) === name ? before : undefined),
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
          limit={MOST_LISTED}
          nothingFoundMessage="There is no such array"
          // Another array has other dimensions and other numbers.
          onChange={(value) =>
            value !== null && change({ path: value, slice: undefined, zoom: undefined, look: undefined })
          }
          allowDeselect={false}
        />
        {(note !== undefined || names.length > MOST_LISTED) && (
          <Text size="xs" c="dimmed" role="note">
            {names.length > MOST_LISTED &&
              `There are ${names.length.toLocaleString()} arrays, of which ${MOST_LISTED} are listed at once: type to find others. `}
            {note}
          </Text>
        )}
      </div>
      <Contents query={query}>{(shown) => <ArrayView {...shown} />}</Contents>
    </>
  );
}
