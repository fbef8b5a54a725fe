import { Page } from '../ui/page.tsx';

/** All tasks. */
export function TaskHistoryPage() {
  return <Page title="Task history">{null}</Page>;
}
