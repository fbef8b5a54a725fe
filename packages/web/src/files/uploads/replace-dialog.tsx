import { Button, Group, Modal, Text } from '@mantine/core';
import { NameList } from '../name-list.tsx';
import type { NamedFile } from './use-incoming-files.ts';

interface ReplaceDialogProps {
  readonly replaced: readonly NamedFile[];
  readonly onDecide: (choice: 'replace' | 'leave out') => void;
}

/** Asks before files are replaced by others of the same name. */
export function ReplaceDialog({ replaced, onDecide }: ReplaceDialogProps) {
  const names = [...new Set(replaced.map(({ name }) => name))];
  return (
    <Modal
      opened={replaced.length > 0}
      onClose={() => onDecide('leave out')}
      title={names.length > 1 ? `Replace ${names.length} files?` : 'Replace a file?'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Text size="sm">
        The experiment has files of these names, or they are on their way to it. Replaced, their contents are
        lost:
      </Text>
      <NameList names={names} />
      {names.length < replaced.length && <Text size="sm">Of several with one name, the last one stays.</Text>}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={() => onDecide('leave out')} data-autofocus>
          Leave them out
        </Button>
        <Button color="red.9" onClick={() => onDecide('replace')}>
          Replace
        </Button>
      </Group>
    </Modal>
  );
}
