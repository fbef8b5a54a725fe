import { SegmentedControl, Stack } from '@mantine/core';
import { type ListSearch, mostTags } from './list-search.ts';
import type { TagFilterProps } from './tag-filter.tsx';
import { TagPicker } from './tag-picker.tsx';

/** Which tags, and how many of them. */
export function TagFilterFields({ scope, search: { tags = [], match }, onChange }: TagFilterProps) {
  const most = mostTags(scope, match);
  const choose = (change: Pick<ListSearch, 'tags' | 'match'>) =>
    onChange({ tags: [...tags], match, ...change });
  return (
    <Stack gap="xs">
      <TagPicker
        name="Tags to filter by"
        placeholder={tags.length === 0 ? 'qubit-3, setup/12 …' : undefined}
        size="xs"
        autoFocus
        isInPopover
        value={tags}
        maxTags={most}
        description={tags.length >= most && `No more than ${most} tags at once.`}
        onChange={(chosen) => choose({ tags: chosen })}
      />
      <SegmentedControl
        aria-label="How many of the tags"
        size="xs"
        value={match ?? 'any'}
        onChange={(value) => choose({ match: value === 'all' ? 'all' : undefined })}
        data={[
          { value: 'any', label: 'Any of them' },
          { value: 'all', label: 'All of them' },
        ]}
      />
    </Stack>
  );
}
