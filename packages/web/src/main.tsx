import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './ui/global.css';
import './ui/print.css';
import './ui/usable-language.ts';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { router } from './app/router.tsx';
import { styleNonce } from './app/style-nonce.ts';
import { queryClient } from './session/query-client.ts';
import { cssVariables, theme } from './ui/theme.ts';

/** The first drawing waits so long for what the page has asked for: drawing it twice takes as long as most answers. */
const FIRST_ANSWER_MS = 500;

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element "root".');
// Not awaited here: the code of other pages needs this module, and is not there before this has ended.
void start(root);

async function start(place: HTMLElement): Promise<void> {
  await Promise.race([firstAnswers(), new Promise((resolve) => setTimeout(resolve, FIRST_ANSWER_MS))]);
  createRoot(place).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => styleNonce}
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          {/* Not loaded when needed: it tells of a server that can not be reached. */}
          <Notifications position="bottom-right" limit={4} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

/** The code of the page and what its loader has asked for. */
async function firstAnswers(): Promise<void> {
  await router.load();
  const running = queryClient.getQueryCache().findAll({ fetchStatus: 'fetching' });
  await Promise.allSettled(running.map((query) => query.promise));
}
