import {
  createRootRoute,
  createRoute,
  createRouter,
  redirect,
  stringifySearchWith,
} from '@tanstack/react-router';
import { parseCompareSearch } from '../compare/compare-search.ts';
import { AllExperimentsPage, ArchivedPage, FavouritesPage } from '../experiments/experiments-page.tsx';
import { type ListSearch, parseListSearch, type Scope } from '../experiments/list-search.ts';
import { experimentQuery } from '../experiments/use-experiment.ts';
import { rowsQuery } from '../experiments/use-experiments.ts';
import { parseViewerSettings, type ViewerSettings } from '../files/viewers/viewer-settings.ts';
import { basePath } from '../session/base.ts';
import { queryClient } from '../session/query-client.ts';
import { Loading } from '../ui/loading.tsx';
import { Markdown } from '../ui/markdown/markdown.ts';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { CrashPage } from './crash-page.tsx';
import { lazyPage } from './lazy-page.tsx';
import { Shell } from './shell.tsx';

// The addresses are the original's, so its bookmarks and the links of its clients work. The lists, where most begin, come
// with the first script; other pages are loaded when needed.
const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/aqd/experiments', search: true, replace: true });
  },
});

const aqdRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/aqd',
  beforeLoad: ({ location }) => {
    if (/^\/aqd\/?$/.test(location.pathname)) throw redirect({ to: '/aqd/experiments', replace: true });
  },
});

/** The rows are asked for before anything is drawn. */
function listRoute(scope: Scope) {
  return {
    validateSearch: (raw: Record<string, unknown>) => parseListSearch(raw, scope),
    loaderDeps: ({ search }: { search: ListSearch }) => search,
    loader: ({ deps }: { deps: ListSearch }) => void queryClient.prefetchQuery(rowsQuery(scope, deps)),
  };
}

const experimentsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/aqd/experiments',
  ...listRoute('all'),
  component: AllExperimentsPage,
});

const favouritesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/aqd/experiments/favourites',
  ...listRoute('favourites'),
  component: FavouritesPage,
});

const archivedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/aqd/experiments/archived',
  ...listRoute('archived'),
  component: ArchivedPage,
});

const compareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/aqd/experiments/compare',
  validateSearch: parseCompareSearch,
  component: lazyPage(async () => (await import('../compare/compare-page.tsx')).ComparePage),
});

/** `id` is an EID or a UUID. */
const experimentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/aqd/experiments/$id',
  /** `file`: name of the one in the viewer; the others say how it is shown. */
  validateSearch: ({ file, ...search }: Record<string, unknown>): { file?: string } & ViewerSettings =>
    typeof file === 'string' && file !== '' ? { file, ...parseViewerSettings(search) } : {},
  // Beside the code.
  loader: ({ params }) => void queryClient.prefetchQuery(experimentQuery(params.id)),
  component: lazyPage(async () => {
    void Markdown.preload().catch(() => undefined);
    return (await import('../experiments/experiment-page.tsx')).ExperimentPage;
  }),
});

const taskHistoryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/aqd/task-history',
  component: lazyPage(async () => (await import('../tasks/task-history-page.tsx')).TaskHistoryPage),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: lazyPage(async () => (await import('../session/settings-page.tsx')).SettingsPage),
});

const documentationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/documentation',
  component: lazyPage(
    async () => (await import('../documentation/documentation-page.tsx')).DocumentationPage,
  ),
});

const documentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/documentation/$name',
  component: lazyPage(async () => (await import('../documentation/document-page.tsx')).DocumentPage),
});

/** There are no accounts yet: who asks for the login is in already. */
const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  beforeLoad: () => {
    throw redirect({ to: '/aqd/experiments', replace: true });
  },
});

/** The pages and their addresses. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    startRoute,
    aqdRoute,
    experimentsRoute,
    favouritesRoute,
    archivedRoute,
    compareRoute,
    experimentRoute,
    taskHistoryRoute,
    settingsRoute,
    documentationRoute,
    documentRoute,
    loginRoute,
  ]),
  basepath: basePath,
  // Texts stand in the address as they are, lists as JSON. The router's own reading makes numbers of texts of digits,
  // and "2021" in a search, or as the name of a file, is a text.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: stringifySearchWith(JSON.stringify),
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  // By default half a second, for which a page would wait that is there.
  defaultPendingMinMs: 0,
  defaultPendingComponent: () => <Loading what="Loading the page" />,
  defaultErrorComponent: CrashPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
