import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { TagPicker } from './tag-picker.tsx';
import type { TagChange } from './use-change-tags.ts';

interface TagDialogProps {
  readonly uuids: readonly string[];
  readonly onChange: (change: TagChange) => void;
  readonly onClose: () => void;
}

/** Gives tags to the chosen experiments, and takes tags from them. */
export function TagDialog({ uuids, onChange, onClose }: TagDialogProps) {
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const isNothing = add.length === 0 && remove.length === 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Tags of ${uuids.length === 1 ? 'one experiment' : `${uuids.length} experiments`}`}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onChange({ uuids, add, remove: remove.filter((tag) => !add.includes(tag)) });
          onClose();
        }}
      >
        <Stack gap="sm">
          <TagPicker label="Add" value={add} onChange={setAdd} autoFocus />
          <TagPicker label="Remove" value={remove} onChange={setRemove} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={isNothing}>
              Change tags
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
