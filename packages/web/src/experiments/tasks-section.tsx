import { Group, Title } from '@mantine/core';
import { RunExtensionButton } from '../extensions/run-extension-button.tsx';
import { useFiles } from '../files/use-files.ts';
import { TasksOfExperiment } from '../tasks/tasks-of-experiment.tsx';
import classes from './experiment-page.module.css';
import type { Experiment } from './use-experiment.ts';

/** What was run on an experiment, and a button to run more. */
export function TasksSection({
  experiment: { uuid, eid, viewerCanEdit },
}: {
  readonly experiment: Experiment;
}) {
  const { data: files = [] } = useFiles(uuid);
  return (
    <section aria-labelledby="tasks">
      <Group justify="space-between" className={classes.sectionHead}>
        <Title order={2} id="tasks">
          Tasks
        </Title>
        {viewerCanEdit && <RunExtensionButton eid={eid} experimentUuid={uuid} files={files} />}
      </Group>
      {/* It scrolls with the keyboard, too: each row has a link that takes the focus. */}
      <section className={`print-whole ${classes.tasks}`} aria-label="List of tasks">
        <TasksOfExperiment experimentUuid={uuid} canRun={viewerCanEdit} />
      </section>
    </section>
  );
}
