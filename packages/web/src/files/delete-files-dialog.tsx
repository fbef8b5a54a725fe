import { Button, Group, Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { tellFailed } from '../session/failure-text.ts';
import { byteText } from '../ui/byte-text.ts';
import { deleteFiles } from './delete-files.ts';
import { NameList } from './name-list.tsx';
import { type ListedFile, refreshFiles } from './use-files.ts';

interface DeleteFilesDialogProps {
  readonly experimentUuid: string;
  readonly files: readonly ListedFile[];
  readonly onDeleted: () => void;
  readonly onClose: () => void;
}

/** Names the files before they are deleted. */
export function DeleteFilesDialog({ experimentUuid, files, onDeleted, onClose }: DeleteFilesDialogProps) {
  const client = useQueryClient();
  const names = files.map(({ name }) => name);
  const what = files.length === 1 ? 'the file' : `${files.length} files`;
  const remove = useMutation({
    mutationFn: () => deleteFiles(experimentUuid, names),
    onSuccess: onDeleted,
    onError: (error) => tellFailed(`delete ${what}`, error),
    onSettled: () => {
      onClose();
      return refreshFiles(client, experimentUuid);
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Delete ${what}?`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <NameList names={names} />
      <Text size="sm">
        {byteText(files.reduce((sum, { size }) => sum + size, 0))} are lost. This can not be undone.
      </Text>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate()}>
          Delete
        </Button>
      </Group>
    </Modal>
  );
}
