import { ActionIcon, Button, Text } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import classes from './viewer.module.css';

const STEP = 1.5;
const LEAST = 0.05;
const MOST = 40;

interface ZoomBarProps {
  /** How many times as large as its own size; undefined where it is fitted in. */
  readonly zoom: number | undefined;
  readonly onZoom: (zoom: number | undefined) => void;
}

/** How large a picture is shown. */
export function ZoomBar({ zoom, onZoom }: ZoomBarProps) {
  const zoomBy = (factor: number) => onZoom(Math.min(MOST, Math.max(LEAST, (zoom ?? 1) * factor)));
  return (
    <div className={classes.bar}>
      <ActionIcon size="sm" aria-label="Smaller" onClick={() => zoomBy(1 / STEP)}>
        <IconMinus size={15} />
      </ActionIcon>
      <Text size="xs" role="status">
        {zoom === undefined ? 'fitted' : `${Math.round(zoom * 100)} %`}
      </Text>
      <ActionIcon size="sm" aria-label="Larger" onClick={() => zoomBy(STEP)}>
        <IconPlus size={15} />
      </ActionIcon>
      <Button variant="subtle" size="compact-xs" onClick={() => onZoom(undefined)}>
        Fit
      </Button>
      <Button variant="subtle" size="compact-xs" onClick={() => onZoom(1)}>
        Own size
      </Button>
    </div>
  );
}
