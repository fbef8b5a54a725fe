import { useParams } from '@tanstack/react-router';
import { Page } from '../ui/page.tsx';

/** One experiment, by its EID or UUID. */
export function ExperimentPage() {
  const { id } = useParams({ from: '/aqd/experiments/$id' });
  return <Page title={id}>{null}</Page>;
}
