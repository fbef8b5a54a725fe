import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { ByteRange, FileSource } from './file-source.ts';

/** Contents are large: they are not kept for long once nobody looks at them. */
const KEEP_MS = 30_000;

interface ContentsOptions<Contents> {
  /** Sets these contents apart from what other viewers make of the same file. */
  readonly as: string;
  readonly range?: ByteRange | undefined;
  readonly make: (bytes: Uint8Array<ArrayBuffer>) => Contents | Promise<Contents>;
}

/** What a viewer makes of a file's bytes. When the file changes, the old contents stay until the new ones are there. */
export function useContents<Contents>(source: FileSource, options: ContentsOptions<Contents>) {
  return useQuery(contentsQuery(source, options));
}

/** How the contents are read. A file that grows has a new version each second: of those, only the newest is kept. */
export function contentsQuery<Contents>(
  source: Pick<FileSource, 'id' | 'changed' | 'read'>,
  { as, range, make }: ContentsOptions<Contents>,
) {
  return queryOptions({
    queryKey: ['contents', source.id, as, source.changed],
    queryFn: async ({ signal, client }) => {
      const made = await make(await source.read(range, signal));
      // What still shows another version keeps it.
      client.removeQueries({
        queryKey: ['contents', source.id, as],
        type: 'inactive',
        predicate: ({ queryKey }) => queryKey[3] !== source.changed,
      });
      return made;
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEEP_MS,
    structuralSharing: false,
  });
}
