import { useMemo, useState } from 'react';
import { styleNonce } from '../../app/style-nonce.ts';
import { Contents } from './contents.tsx';
import type { ViewerProps } from './registry.ts';
import { useContents } from './use-contents.ts';
import classes from './viewer.module.css';
import { ZoomBar } from './zoom-bar.tsx';

/** Drawings in SVG: fitted in, or as large as one wants. */
export function SvgViewer({ source }: ViewerProps) {
  const query = useContents(source, { as: 'drawing', make: base64 });
  const [zoom, setZoom] = useState<number>();
  return (
    <Contents query={query}>
      {(svg) => (
        <>
          <ZoomBar zoom={zoom} onZoom={setZoom} />
          <Drawing name={source.name} svg={svg} zoom={zoom} />
        </>
      )}
    </Contents>
  );
}

interface DrawingProps {
  readonly name: string;
  /** In base64. */
  readonly svg: string;
  readonly zoom: number | undefined;
}

/**
 * An image, for there no script runs; and in a frame without our origin, which browsers draw in a process of its own: some
 * drawings are never finished, and would hold up the page.
 */
function Drawing({ name, svg, zoom }: DrawingProps) {
  const page = useMemo(() => {
    const size = zoom === undefined ? 'width: 100%; height: 100%; object-fit: contain' : `zoom: ${zoom}`;
    const style = `html { background: #fff } html, body { height: 100%; margin: 0 } img { display: block; ${size} }`;
    return `<!doctype html><style nonce="${styleNonce}">${style}</style><img alt="" src="data:image/svg+xml;base64,${svg}">`;
  }, [svg, zoom]);
  return (
    <section className={classes.image} aria-label="Picture">
      <div role="img" aria-label={name} className={classes.drawing}>
        <iframe className={classes.frame} title={name} srcDoc={page} sandbox="" />
      </div>
    </section>
  );
}

/** In parts, for a call has only so many arguments. */
function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(''));
}
