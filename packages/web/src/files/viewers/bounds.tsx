import { Text } from '@mantine/core';
import { byteText } from '../../ui/byte-text.ts';

const MiB = 1024 * 1024;

/** Bytes that a viewer shows at most: what a browser shows without stumbling. */
export const bounds = {
  text: 2 * MiB,
  highlighting: 256 * 1024,
  log: 2 * MiB,
  markdown: MiB,
  tree: 16 * MiB,
  table: 64 * MiB,
  image: 128 * MiB,
  drawing: 16 * MiB,
  frame: 64 * MiB,
  notebook: 64 * MiB,
  /** Lines of a text. */
  lines: 50_000,
  /** Characters of a line: where they turn from right to left and back, each doubling takes four times as long. */
  line: 10_000,
  /** Not bytes: unpacked, each takes four. */
  pixels: 128_000_000,
} as const;

/** Says that a file is shown in part. */
export function PartNote({
  shown,
  size,
  end = 'first',
}: {
  shown: number;
  size: number;
  end?: 'first' | 'last';
}) {
  if (size <= shown) return null;
  return (
    <Text size="xs" c="dimmed" px="sm" py={4} role="note">
      Only the {end} {byteText(shown)} of {byteText(size)} are shown. Download the file to see all of it.
    </Text>
  );
}
