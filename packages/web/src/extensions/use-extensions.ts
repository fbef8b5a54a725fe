import { useQuery } from '@tanstack/react-query';
import { ask } from '../session/ask.ts';
import { listExtensions } from './generated/operations.ts';

/** The extensions of the server, and the folders that it had to leave out. Asked anew whenever somebody chooses. */
export function useExtensions() {
  return useQuery({
    queryKey: ['extensions'],
    queryFn: ({ signal }) => ask(listExtensions, {}, signal),
    refetchOnMount: 'always',
  });
}
