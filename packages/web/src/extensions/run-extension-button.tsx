import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { DialogPlace } from '../ui/dialog-place.tsx';
import { lazyPart } from '../ui/lazy-part.ts';

const RunDrawer = lazyPart(async () => (await import('./run-drawer.tsx')).RunDrawer);
const TaskDrawer = lazyPart(async () => (await import('../tasks/task-drawer.tsx')).TaskDrawer);

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
  const show = (uuid: string | undefined) => {
    setChoosing(false);
    setTask(uuid);
  };
  const close = () => show(undefined);
  return (
    <>
      <Button leftSection={<IconPlayerPlay size={15} />} onClick={() => setChoosing(true)}>
        Run an extension
      </Button>
      <DialogPlace isOpen={isChoosing || task !== undefined} onClose={close}>
        <RunDrawer
          isOpen={isChoosing}
          experiment={{ eid, uuid: experimentUuid, files }}
          onSubmitted={show}
          onClose={close}
        />
        <TaskDrawer uuid={task} onOpen={show} onClose={close} onLeave={close} />
      </DialogPlace>
    </>
  );
}
