import { ActionIcon, Button, Text, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconMinus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import viewer from '../viewer.module.css';
import type { Place } from './pdf-viewer.tsx';
import type { PdfPages } from './show-pages.ts';

const STEP = 1.25;

interface PdfBarProps {
  readonly place: Place;
  readonly pages: PdfPages;
}

/** Which page is shown and how large, and the way to others. */
export function PdfBar({ place: { page, pageCount, scale }, pages }: PdfBarProps) {
  const [typed, setTyped] = useState<string>();
  const go = () => {
    const wanted = Number(typed);
    if (Number.isInteger(wanted) && wanted >= 1 && wanted <= pageCount) pages.goTo(wanted);
    setTyped(undefined);
  };
  return (
    <div className={viewer.bar}>
      <ActionIcon
        size="sm"
        aria-label="Previous page"
        disabled={page <= 1}
        onClick={() => pages.goTo(page - 1)}
      >
        <IconChevronLeft size={15} />
      </ActionIcon>
      <TextInput
        size="xs"
        w={52}
        aria-label="Page"
        inputMode="numeric"
        value={typed ?? String(page)}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onBlur={go}
        onKeyDown={({ key }) => key === 'Enter' && go()}
      />
      <Text size="xs" role="status">
        of {pageCount.toLocaleString()}
      </Text>
      <ActionIcon
        size="sm"
        aria-label="Next page"
        disabled={page >= pageCount}
        onClick={() => pages.goTo(page + 1)}
      >
        <IconChevronRight size={15} />
      </ActionIcon>
      <ActionIcon size="sm" aria-label="Smaller" onClick={() => pages.zoomBy(1 / STEP)}>
        <IconMinus size={15} />
      </ActionIcon>
      <Text size="xs">{Math.round(scale * 100)} %</Text>
      <ActionIcon size="sm" aria-label="Larger" onClick={() => pages.zoomBy(STEP)}>
        <IconPlus size={15} />
      </ActionIcon>
      <Button variant="subtle" size="compact-xs" onClick={() => pages.fitWidth()}>
        Fit width
      </Button>
    </div>
  );
}
