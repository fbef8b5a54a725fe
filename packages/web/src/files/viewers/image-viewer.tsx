import { useEffect, useState } from 'react';
import { Notice } from '../../ui/notice.tsx';
import { bounds } from './bounds.tsx';
import { Contents } from './contents.tsx';
import type { ViewerProps } from './registry.ts';
import { useContents } from './use-contents.ts';
import classes from './viewer.module.css';
import { ZoomBar } from './zoom-bar.tsx';

/** Pictures of pixels: fitted in, or as large as one wants. */
export function ImageViewer({ source }: ViewerProps) {
  const query = useContents(source, {
    as: 'image',
    make: (bytes) => new Blob([bytes], { type: source.type }),
  });
  return <Contents query={query}>{(blob) => <Picture blob={blob} name={source.name} />}</Contents>;
}

function Picture({ blob, name }: { readonly blob: Blob; readonly name: string }) {
  const url = useBlobUrl(blob);
  /** What went wrong with one version says nothing of the next. */
  const [broken, setBroken] = useState<Blob>();
  /** Known before anything is drawn. */
  const [size, setSize] = useState<{ of: Blob; width: number; pixels: number }>();
  const [zoom, setZoom] = useState<number>();
  if (broken === blob) {
    return (
      <Notice title="This is no picture that the browser knows">Download it to look at it elsewhere.</Notice>
    );
  }
  const isTooLarge = size !== undefined && size.pixels > bounds.pixels;
  if (isTooLarge && size.of === blob) {
    return (
      <Notice title="The picture is too large to be shown here">
        It has {Math.round(size.pixels / 1e6).toLocaleString()} million pixels, and at most{' '}
        {Math.round(bounds.pixels / 1e6)} million are shown. Download it to look at it elsewhere.
      </Notice>
    );
  }
  return (
    <>
      <ZoomBar zoom={zoom} onZoom={setZoom} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard. */}
      <section className={classes.image} tabIndex={0} aria-label="Picture">
        {url && (
          <img
            src={url.text}
            alt={name}
            hidden={!size || isTooLarge}
            width={zoom === undefined || !size ? undefined : size.width * zoom}
            data-fit={zoom === undefined || undefined}
            data-pixels={(zoom ?? 0) > 2 || undefined}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              setSize({ of: url.of, width: naturalWidth, pixels: naturalWidth * naturalHeight })
            }
            onError={() => setBroken(url.of)}
          />
        )}
      </section>
    </>
  );
}

/** An address for it, and which one it is of: at first still that of the one before. */
function useBlobUrl(blob: Blob): { readonly text: string; readonly of: Blob } | undefined {
  const [url, setUrl] = useState<{ readonly text: string; readonly of: Blob }>();
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl({ text: made, of: blob });
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
