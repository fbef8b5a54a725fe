import { useQuery } from '@tanstack/react-query';
import type { FileSource } from './file-source.ts';
import { readRange } from './read-range.ts';

/** Bytes: some formats put their signature behind a block of the user's own. */
const HEAD = 8192 + 8;

/** The first bytes of a file whose name does not say what it is. */
export function useHead(source: FileSource, isUnknown: boolean): Uint8Array | undefined {
  const { data } = useQuery({
    queryKey: ['head', source.id, source.changed],
    queryFn: ({ signal }) => readRange(source.location, 0, Math.min(HEAD, source.size), signal),
    enabled: isUnknown,
    // A file that grows stays what it is: the viewer must not go and come back with each version.
    placeholderData: (before, query) => (query?.queryKey[1] === source.id ? before : undefined),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  return isUnknown ? data : undefined;
}
