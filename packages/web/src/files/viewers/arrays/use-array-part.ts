import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { NdArray, Selection } from './nd-array.ts';

/** Numbers are many: they are not kept for long once nobody looks at them. */
const KEEP_MS = 10_000;

/** The numbers of a part of an array, and which part they are: while another is on its way, the one before stays. */
export function useArrayPart(id: string, array: NdArray, selection: Selection) {
  return useQuery({
    queryKey: ['array', id, JSON.stringify(selection)],
    queryFn: async ({ signal }) => ({ selection, numbers: await array.read(selection, signal) }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEEP_MS,
    structuralSharing: false,
  });
}
