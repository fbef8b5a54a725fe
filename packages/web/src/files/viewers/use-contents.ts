import { keepPreviousData, useQuery } from '@tanstack/react-query';
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
export function useContents<Contents>(source: FileSource, { as, range, make }: ContentsOptions<Contents>) {
  return useQuery({
    queryKey: ['contents', source.id, as, source.changed],
    queryFn: async ({ signal }) => make(await source.read(range, signal)),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEEP_MS,
    structuralSharing: false,
  });
}
