import { limits } from '@aqueduct/client/protocol';
import { Badge, Group, Text } from '@mantine/core';
import { tellUndoable } from '../ui/tell-undoable.tsx';
import { ownTags } from './system-marks.ts';
import classes from './tag-editor.module.css';
import { TagPicker } from './tag-picker.tsx';
import { useChangeTags, useTagsToBe } from './use-change-tags.ts';
import type { Experiment } from './use-experiment.ts';

/** The tags of an experiment, changed where they stand. */
export function TagEditor({ experiment }: { readonly experiment: Experiment }) {
  const { uuid, viewerCanEdit } = experiment;
  const tags = ownTags(experiment);
  const change = useChangeTags(uuid);
  const shown = useTagsToBe(tags, uuid);
  if (!viewerCanEdit) {
    return (
      <Group gap={4}>
        {tags.length === 0 && <Text size="sm">none</Text>}
        {tags.map((tag) => (
          <Badge key={tag} variant="default" tt="none">
            {tag}
          </Badge>
        ))}
      </Group>
    );
  }
  return (
    <TagPicker
      name="Tags"
      size="xs"
      variant="unstyled"
      clearable={false}
      classNames={{ input: classes.input }}
      // Those of the system count, too.
      maxTags={limits.tagsPerExperiment - (experiment.tags.length - tags.length)}
      placeholder={shown.length === 0 ? 'Add a tag …' : '+'}
      value={shown}
      onChange={(wanted) => {
        const add = wanted.filter((tag) => !shown.includes(tag));
        const remove = shown.filter((tag) => !wanted.includes(tag));
        change.mutate({ uuids: [uuid], add, remove });
        if (remove.length > 0)
          tellUndoable(`Tag ${remove.join(', ')} removed`, () =>
            change.mutate({ uuids: [uuid], add: remove }),
          );
      }}
    />
  );
}
