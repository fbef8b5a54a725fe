import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';

const RunDrawer = lazy(async () => ({ default: (await import('./run-drawer.tsx')).RunDrawer }));
const TaskDrawer = lazy(async () => ({ default: (await import('../tasks/task-drawer.tsx')).TaskDrawer }));

interface RunExtensionButtonProps {
  /** The experiment that it is run on. */
  readonly eid: string;
  readonly experimentUuid: string;
  /** Its files, to choose from. */
  readonly files: readonly { readonly name: string }[];
}

/** Runs an extension on an experiment: choose an action, fill in a form, then see what the task does. */
export function RunExtensionButton({ eid, experimentUuid, files }: RunExtensionButtonProps) {
  const [isChoosing, setChoosing] = useState(false);
  const [task, setTask] = useState<string>();
  // Their code is loaded when they open first, and stays, so that they close as they opened.
  const [opened, setOpened] = useState({ form: false, task: false });
  const show = (uuid: string) => {
    setChoosing(false);
    setTask(uuid);
    setOpened((before) => ({ ...before, task: true }));
  };
  return (
    <>
      <Button
        leftSection={<IconPlayerPlay size={15} />}
        onClick={() => {
          setChoosing(true);
          setOpened((before) => ({ ...before, form: true }));
        }}
      >
        Run an extension
      </Button>
      <Suspense>
        {opened.form && (
          <RunDrawer
            isOpen={isChoosing}
            experiment={{ eid, uuid: experimentUuid, files }}
            onSubmitted={show}
            onClose={() => setChoosing(false)}
          />
        )}
        {opened.task && <TaskDrawer uuid={task} onOpen={show} onClose={() => setTask(undefined)} />}
      </Suspense>
    </>
  );
}
