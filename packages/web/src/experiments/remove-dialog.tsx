import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask } from '../session/ask.ts';
import { tellFailed } from '../session/failure-text.ts';
import { byteText } from '../ui/byte-text.ts';
import { countOf } from '../ui/count-of.ts';
import { tell } from '../ui/tell.ts';
import { removeExperiments, weighExperiments } from './generated/operations.ts';
import type { listVariables } from './list-search.ts';
import { type ExperimentRow, LISTS_KEY } from './use-experiments.ts';

interface RemoveDialogProps {
  readonly chosen: readonly ExperimentRow[];
  /** Of the page that they were chosen on. */
  readonly variables: ReturnType<typeof listVariables>;
  readonly onClose: () => void;
}

const MOST_NAMED = 8;

/** Asks before experiments are removed, and names what is lost with them. */
export function RemoveDialog({ chosen, variables, onClose }: RemoveDialogProps) {
  const client = useQueryClient();
  const uuids = chosen.map(({ uuid }) => uuid);
  const weighed = useQuery({
    queryKey: [...LISTS_KEY, 'weight', variables],
    queryFn: async ({ signal }) =>
      (await ask(weighExperiments, variables, signal)).experiments.experimentsData,
    staleTime: 0,
  });
  const removal = useMutation({
    mutationFn: () => ask(removeExperiments, { uuids }),
    onSuccess: () => {
      tell(`${countOf(chosen.length, 'experiment')} deleted`);
      onClose();
    },
    onError: (error) => tellFailed('delete them', error),
    onSettled: () => client.invalidateQueries({ queryKey: LISTS_KEY }),
  });
  const lost = weighed.data?.filter(({ uuid }) => uuids.includes(uuid));
  const files = lost?.flatMap((experiment) => experiment.files) ?? [];
  const tasks = lost?.flatMap((experiment) => experiment.tasks) ?? [];
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return (
    <Modal opened onClose={onClose} title={`Delete ${countOf(chosen.length, 'experiment')} for ever?`}>
      <Stack gap="sm">
        <List size="sm" spacing={2}>
          {chosen.slice(0, MOST_NAMED).map(({ uuid, eid, title }) => (
            <List.Item key={uuid}>
              <Text span c="dimmed" size="sm">
                {eid}
              </Text>{' '}
              {title}
            </List.Item>
          ))}
          {chosen.length > MOST_NAMED && <List.Item>and {chosen.length - MOST_NAMED} more</List.Item>}
        </List>
        <Text size="sm" aria-live="polite">
          {lost
            ? `Lost with them: ${countOf(files.length, 'file')} (${byteText(bytes)}) and the record of ${countOf(tasks.length, 'task')}. Nothing brings them back.`
            : 'Counting what is lost with them …'}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="red.9" loading={removal.isPending} disabled={!lost} onClick={() => removal.mutate()}>
            Delete
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
