import { Button, Group, Popover, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerStop } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { ask } from '../session/ask.ts';
import { tellFailed } from '../session/failure-text.ts';
import { queryClient } from '../session/query-client.ts';
import { cancelTask } from './generated/operations.ts';

/** Lets Escape close the question alone: the drawer around it listens before. */
const KEEP_DRAWER = { 'data-mantine-stop-propagation': true };

/** Cancels a task, having said what that does. */
export function CancelButton({ uuid }: { readonly uuid: string }) {
  const [isAsking, { open, close }] = useDisclosure();
  const cancelling = useMutation({
    mutationFn: () => ask(cancelTask, { uuid }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['tasks'] }),
    onError: (error) => tellFailed('cancel the task', error),
  });
  const isUnderWay = cancelling.isPending || cancelling.isSuccess;
  return (
    <Popover
      opened={isAsking}
      onChange={(now) => !now && close()}
      width={300}
      position="bottom-end"
      trapFocus
    >
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={15} />}
          onClick={open}
          disabled={isUnderWay}
        >
          {isUnderWay ? 'Cancelling …' : 'Cancel'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Cancel the task" {...KEEP_DRAWER}>
        <Text size="sm">
          Its processes get SIGINT, so that a measurement can bring its instruments to rest; after 3 s
          SIGTERM, after 3 s more SIGKILL. What it has uploaded and printed stays.
        </Text>
        <Group justify="flex-end" gap="xs" mt="sm">
          <Button variant="default" onClick={close} {...KEEP_DRAWER}>
            Let it run
          </Button>
          <Button
            color="red.9"
            {...KEEP_DRAWER}
            onClick={() => {
              close();
              cancelling.mutate();
            }}
          >
            Cancel the task
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}
