import { ActionIcon, Button, Text } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Notice } from '../../ui/notice.tsx';
import { Contents } from './contents.tsx';
import type { ViewerProps } from './registry.ts';
import { useContents } from './use-contents.ts';
import classes from './viewer.module.css';

const STEP = 1.5;
const LEAST = 0.05;
const MOST = 40;

/** Pictures: fitted in, or as large as one wants. Of SVG no script runs in an image. */
export function ImageViewer({ source }: ViewerProps) {
  const query = useContents(source, {
    as: 'image',
    make: (bytes) => new Blob([bytes], { type: source.type }),
  });
  return <Contents query={query}>{(blob) => <Picture blob={blob} name={source.name} />}</Contents>;
}

function Picture({ blob, name }: { readonly blob: Blob; readonly name: string }) {
  const url = useBlobUrl(blob);
  const [width, setWidth] = useState(0);
  /** How many times as large as it is; undefined where it is fitted in. */
  const [zoom, setZoom] = useState<number>();
  const [isBroken, setBroken] = useState(false);
  if (isBroken) {
    return (
      <Notice title="This is no picture that the browser knows">Download it to look at it elsewhere.</Notice>
    );
  }
  const zoomBy = (factor: number) =>
    setZoom((before = 1) => Math.min(MOST, Math.max(LEAST, before * factor)));
  return (
    <>
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
        <Button variant="subtle" size="compact-xs" onClick={() => setZoom(undefined)}>
          Fit
        </Button>
        <Button variant="subtle" size="compact-xs" onClick={() => setZoom(1)}>
          Own size
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard. */}
      <section className={classes.image} tabIndex={0} aria-label="Picture">
        {url && (
          <img
            src={url}
            alt={name}
            width={zoom === undefined || width === 0 ? undefined : width * zoom}
            data-fit={zoom === undefined || undefined}
            data-pixels={(zoom ?? 0) > 2 || undefined}
            onLoad={({ currentTarget }) => setWidth(currentTarget.naturalWidth)}
            onError={() => setBroken(true)}
          />
        )}
      </section>
    </>
  );
}

function useBlobUrl(blob: Blob): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
