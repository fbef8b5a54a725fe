import { Button, Group, List, Modal, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ask } from '../session/ask.ts';
import { failureText, tellFailed } from '../session/failure-text.ts';
import { byteText } from '../ui/byte-text.ts';
import { countOf } from '../ui/count-of.ts';
import { tell } from '../ui/tell.ts';
import { removeExperiments, whatIsLost } from './generated/operations.ts';
import { type Experiment, identifierOf } from './use-experiment.ts';
import { LISTS_KEY } from './use-experiments.ts';

interface DeleteExperimentDialogProps {
  readonly experiment: Experiment;
  readonly onClose: () => void;
}

/** Names what is lost with an experiment before it is deleted. */
export function DeleteExperimentDialog({ experiment, onClose }: DeleteExperimentDialogProps) {
  const { uuid, eid, title } = experiment;
  const client = useQueryClient();
  const navigate = useNavigate();
  const lost = useQuery({
    queryKey: ['experiment', uuid, 'what-is-lost'],
    queryFn: ({ signal }) => ask(whatIsLost, { id: identifierOf(uuid) }, signal),
    staleTime: 0,
  });
  const remove = useMutation({
    mutationFn: () => ask(removeExperiments, { uuids: [uuid] }),
    onSuccess: async () => {
      await navigate({ to: '/aqd/experiments/archived' });
      client.removeQueries({ queryKey: ['experiment'] });
      await client.invalidateQueries({ queryKey: LISTS_KEY });
      tell(`${eid} is deleted.`);
    },
    onError: (error) => tellFailed(`delete ${eid}`, error),
  });
  const { files = [], tasks = [] } = lost.data?.experiment ?? {};
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return (
    <Modal opened onClose={onClose} title={`Delete ${eid}?`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Text size="sm" lineClamp={3}>
        <b>{title}</b>
      </Text>
      <Text size="sm" mt="xs">
        This can not be undone. With its title, description and tags are lost:
      </Text>
      {lost.isError && <Text size="sm">Could not be counted: {failureText(lost.error)}</Text>}
      {lost.isPending && <Text size="sm">… counting</Text>}
      {lost.isSuccess && (
        <List size="sm" my={4}>
          <List.Item>
            {files.length === 0 ? 'no files' : `${countOf(files.length, 'file')}, ${byteText(bytes)}`}
          </List.Item>
          <List.Item>
            {tasks.length === 0 ? 'no tasks' : `${countOf(tasks.length, 'task')} with their output`}
          </List.Item>
        </List>
      )}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button
          color="red.9"
          onClick={() => remove.mutate()}
          loading={remove.isPending}
          disabled={lost.isPending}
        >
          Delete for good
        </Button>
      </Group>
    </Modal>
  );
}
