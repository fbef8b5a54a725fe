import { Page } from '../ui/page.tsx';

/** All experiments that are not archived. */
export function AllExperimentsPage() {
  return <Page title="All experiments">{null}</Page>;
}

/** Those with a star. */
export function FavouritesPage() {
  return <Page title="Favourites">{null}</Page>;
}

/** Those put aside. */
export function ArchivedPage() {
  return <Page title="Archived">{null}</Page>;
}
