import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from '../session/ask.ts';
import { failureText, tellFailed } from '../session/failure-text.ts';
import { byteText } from '../ui/byte-text.ts';
import { countOf } from '../ui/count-of.ts';
import { tell } from '../ui/tell.ts';
import { visibleName } from '../ui/visible-name.ts';
import { removeExperiments } from './generated/operations.ts';
import { LISTS_KEY } from './use-experiments.ts';
import type { Weight } from './weigh-experiments.ts';

interface RemoveDialogProps {
  readonly chosen: readonly { readonly uuid: string; readonly eid: string; readonly title: string }[];
  /** Asks what is lost with them. */
  readonly weigh: (signal: AbortSignal) => Promise<readonly Weight[]>;
  /** They are gone; those who show them leave first. */
  readonly onRemoved: () => void | Promise<void>;
  readonly onClose: () => void;
}

const MOST_NAMED = 8;

/** Names experiments, and what is lost with them, before they are removed for good. */
export function RemoveDialog({ chosen, weigh, onRemoved, onClose }: RemoveDialogProps) {
  const client = useQueryClient();
  const uuids = chosen.map(({ uuid }) => uuid);
  const [first] = chosen;
  const what = chosen.length === 1 && first ? first.eid : countOf(chosen.length, 'experiment');
  const weighed = useQuery({
    queryKey: [...LISTS_KEY, 'weight', uuids],
    queryFn: ({ signal }) => weigh(signal),
    staleTime: 0,
  });
  const removal = useMutation({
    mutationFn: () => ask(removeExperiments, { uuids }),
    onSuccess: async () => {
      tell(`${what} deleted`);
      await onRemoved();
    },
    onError: (error) => tellFailed(`delete ${what}`, error),
    onSettled: () => client.invalidateQueries({ queryKey: LISTS_KEY }),
  });
  return (
    <Modal opened onClose={onClose} title={`Delete ${what} for good?`}>
      <Stack gap="sm">
        <List size="sm" spacing={2}>
          {chosen.slice(0, MOST_NAMED).map(({ uuid, eid, title }) => (
            <List.Item key={uuid}>
              <Text span c="dimmed" size="sm">
                {eid}
              </Text>{' '}
              <bdi>{visibleName(title)}</bdi>
            </List.Item>
          ))}
          {chosen.length > MOST_NAMED && <List.Item>and {chosen.length - MOST_NAMED} more</List.Item>}
        </List>
        <Text size="sm" aria-live="polite">
          {weighed.data
            ? lossText(weighed.data)
            : weighed.error
              ? `What is lost could not be counted: ${failureText(weighed.error)}`
              : 'Counting what is lost …'}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button
            color="red.9"
            loading={removal.isPending}
            disabled={!weighed.data}
            onClick={() => removal.mutate()}
          >
            Delete
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function lossText(weights: readonly Weight[]): string {
  const files = weights.flatMap((weight) => weight.files);
  const tasks = weights.flatMap((weight) => weight.tasks);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const filesText = files.length === 0 ? 'no files' : `${countOf(files.length, 'file')} (${byteText(bytes)})`;
  const tasksText = tasks.length === 0 ? 'no tasks' : `${countOf(tasks.length, 'task')} with their output`;
  return `Lost with title, description and tags: ${filesText} and ${tasksText}. Nothing brings them back.`;
}
