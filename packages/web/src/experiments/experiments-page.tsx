import { ExperimentList } from './experiment-list.tsx';

/** All experiments that are not archived. */
export function AllExperimentsPage() {
  return <ExperimentList scope="all" title="All experiments" />;
}

/** Those with a star. */
export function FavouritesPage() {
  return <ExperimentList scope="favourites" title="Favourites" />;
}

/** Those put aside. */
export function ArchivedPage() {
  return <ExperimentList scope="archived" title="Archived" />;
}
