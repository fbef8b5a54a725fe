import { Text } from '@mantine/core';
import { byteText } from '../../ui/byte-text.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { visibleName } from '../../ui/visible-name.ts';
import type { ViewerProps } from './registry.ts';
import classes from './viewer.module.css';

const exact = new Intl.NumberFormat();

/** What is known of any file: enough to tell whether a copy is the same. */
export function DetailsViewer({ source: { name, size, type, changed } }: ViewerProps) {
  return (
    <>
      <dl className={classes.details}>
        <dt>Name</dt>
        <dd>
          {visibleName(name)} <CopyButton text={name} what="name" />
        </dd>
        <dt>Size</dt>
        <dd>
          {byteText(size)}
          {size >= 1000 && ` (${exact.format(size)} bytes)`}
        </dd>
        <dt>Type</dt>
        <dd>{type}</dd>
        <dt>SHA-256</dt>
        <dd>
          <code>{changed}</code> <CopyButton text={changed} what="SHA-256" />
        </dd>
      </dl>
      <Text size="sm" c="dimmed" px="md">
        To see what is in it, download it.
      </Text>
    </>
  );
}
