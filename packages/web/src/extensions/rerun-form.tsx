import { Button, Group, Stack } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { askOnce } from '../session/ask.ts';
import { FailureNotice } from '../session/failure-notice.tsx';
import { Loading } from '../ui/loading.tsx';
import { Notice } from '../ui/notice.tsx';
import { rerunTask } from './generated/operations.ts';
import { RunForm } from './run-form.tsx';
import { submitValues } from './submit-values.ts';
import { useExtensions } from './use-extensions.ts';

interface RerunFormProps {
  readonly task: {
    readonly uuid: string;
    readonly experiment: { readonly eid: string; readonly uuid: string };
    readonly extensionName: string;
    readonly actionName: string;
    readonly parameters: readonly {
      readonly key: { readonly name: string };
      readonly value: string | null;
    }[];
  };
  readonly onSubmitted: (taskUuid: string) => void;
  readonly onBack: () => void;
}

/** The form of a task's action as it is today, filled in as the task had it. */
export function RerunForm({ task, onSubmitted, onBack }: RerunFormProps) {
  const { data, error, refetch } = useExtensions();
  if (!data && error)
    return <FailureNotice what="list the extensions" error={error} retry={() => void refetch()} />;
  if (!data) return <Loading what="Reading the extensions" />;
  const extension = data.extensions.find(({ name }) => name === task.extensionName);
  const action = extension?.actions.find(({ name }) => name === task.actionName);
  const given = Object.fromEntries(task.parameters.map(({ key, value }) => [key.name, value ?? '']));
  return (
    <Stack gap="xs">
      <Group>
        <Button variant="subtle" leftSection={<IconArrowLeft size={15} />} onClick={onBack} ml={-8}>
          Back to the task
        </Button>
      </Group>
      {extension && action ? (
        <RunForm
          name={`run again ${task.uuid}`}
          choice={{ extension, action }}
          given={given}
          submit={async (values) => {
            // With other parameters than it had then, the server can not repeat it.
            const isSame = Object.keys(given).sort().join() === Object.keys(values).sort().join();
            if (!isSame) return submitValues({ extension, action }, values, task.experiment);
            const overrides = Object.entries(values).filter(([name, value]) => given[name] !== value);
            return (await askOnce(rerunTask, { uuid: task.uuid, overrides })).rerunTask.uuid;
          }}
          onSubmitted={onSubmitted}
        />
      ) : (
        <Notice title="It can not be run again">
          There is no action “{task.actionName}” of an extension “{task.extensionName}” any more.
        </Notice>
      )}
    </Stack>
  );
}
