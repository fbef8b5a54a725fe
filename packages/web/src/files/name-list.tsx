import { List } from '@mantine/core';
import { visibleName } from '../ui/visible-name.ts';

const MOST_NAMES = 10;

/** Names of files that something is about to happen to. */
export function NameList({ names }: { readonly names: readonly string[] }) {
  return (
    <List size="sm" my="xs" style={{ overflowWrap: 'anywhere' }}>
      {names.slice(0, MOST_NAMES).map((name) => (
        <List.Item key={name}>{visibleName(name)}</List.Item>
      ))}
      {names.length > MOST_NAMES && <List.Item>and {names.length - MOST_NAMES} more</List.Item>}
    </List>
  );
}
