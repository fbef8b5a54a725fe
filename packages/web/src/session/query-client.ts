import { QueryClient } from '@tanstack/react-query';
import { isReachable, onReachability } from './reachability.ts';

/** What pages have read from the server. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The server may be this machine: no network is no reason not to ask.
      networkMode: 'always',
      // A lost server is asked again by `reachability.ts`; other failures are answers.
      retry: false,
      staleTime: 5000,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

// Whatever was missed while the server was away is read again.
onReachability(() => {
  if (isReachable()) void queryClient.invalidateQueries();
});
