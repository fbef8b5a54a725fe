import { isSystemTag } from '@aqueduct/client/protocol';
import { Badge, Group, TagsInput, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../session/ask.ts';
import { addTags, removeTag, tagsInUse } from './generated/operations.ts';
import { useChange } from './use-change.ts';
import type { Experiment } from './use-experiment.ts';

const MOST_SUGGESTIONS = 30;

/** The tags of an experiment, with those that others have as suggestions. */
export function TagEditor({ experiment }: { readonly experiment: Experiment }) {
  const { uuid, viewerCanEdit } = experiment;
  const tags = experiment.tags.filter((tag) => !isSystemTag(tag));
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: ['tags'],
    queryFn: ({ signal }) => ask(tagsInUse, {}, signal),
    enabled: isOpen,
  });
  const change = useChange('change the tags', async (wanted: readonly string[]) => {
    const added = wanted.filter((tag) => !tags.includes(tag));
    let answer = experiment;
    if (added.length > 0) answer = (await ask(addTags, { uuid, tags: added })).addTagsToExperiment;
    for (const tag of tags.filter((known) => !wanted.includes(known)))
      answer = (await ask(removeTag, { uuid, tag })).removeTagFromExperiment;
    return answer;
  });
  const shown = change.isPending ? [...(change.variables ?? [])] : tags;
  if (!viewerCanEdit) {
    return (
      <Group gap={4}>
        {shown.length === 0 && <Text size="sm">none</Text>}
        {shown.map((tag) => (
          <Badge key={tag} variant="default" tt="none">
            {tag}
          </Badge>
        ))}
      </Group>
    );
  }
  return (
    <TagsInput
      aria-label="Tags"
      size="xs"
      variant="unstyled"
      placeholder={shown.length === 0 ? 'Add a tag …' : '+'}
      value={shown}
      onChange={(wanted) => change.mutate(wanted.map((tag) => tag.trim()).filter((tag) => tag !== ''))}
      data={(data?.tags.tagsData ?? []).filter((tag) => !isSystemTag(tag))}
      limit={MOST_SUGGESTIONS}
      onFocus={() => setOpen(true)}
      readOnly={change.isPending}
    />
  );
}
