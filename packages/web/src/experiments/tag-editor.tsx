import { Badge, Group, Text } from '@mantine/core';
import { ownTags } from './system-marks.ts';
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
      placeholder={shown.length === 0 ? 'Add a tag …' : '+'}
      value={shown}
      onChange={(wanted) =>
        change.mutate({
          uuids: [uuid],
          add: wanted.filter((tag) => !shown.includes(tag)),
          remove: shown.filter((tag) => !wanted.includes(tag)),
        })
      }
    />
  );
}
