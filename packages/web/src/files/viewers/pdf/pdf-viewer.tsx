import './pdf-layers.css';
import { useEffect, useRef, useState } from 'react';
import { Loading } from '../../../ui/loading.tsx';
import { NotThere } from '../contents.tsx';
import type { FileSource } from '../file-source.ts';
import type { ViewerProps } from '../registry.ts';
import classes from './pdf.module.css';
import { PdfBar } from './pdf-bar.tsx';
import { type PdfPages, showPages } from './show-pages.ts';

/** Where somebody is in a document. */
export interface Place {
  readonly page: number;
  readonly pageCount: number;
  /** 1 is the size on paper. */
  readonly scale: number;
}

/** PDF as pages to scroll, with text to select. It is read by ranges, and its scripts never run. */
export function PdfViewer({ source }: ViewerProps) {
  const container = useRef<HTMLDivElement>(null);
  const pages = useRef<PdfPages>(undefined);
  const [place, setPlace] = useState<Place>();
  /** What went wrong, and with which version: the next one may be well. */
  const [failed, setFailed] = useState<{ readonly source: FileSource; readonly error: unknown }>();
  const [attempt, setAttempt] = useState(0);

  // Another version begins where one was in the version before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt counts.
  useEffect(() => {
    if (!container.current) return;
    const shown = showPages(container.current, source, {
      start: pages.current?.where(),
      onPlace: setPlace,
      onError: (error) => setFailed({ source, error }),
    });
    pages.current = shown;
    return () => shown.close();
  }, [source, attempt]);

  if (failed?.source === source) {
    const retry = () => {
      setFailed(undefined);
      setAttempt(attempt + 1);
    };
    return <NotThere error={failed.error} retry={retry} />;
  }
  return (
    <>
      {place && pages.current && <PdfBar place={place} pages={pages.current} />}
      <div className={classes.place}>
        {!place && <Loading what="Loading the file" />}
        {/* biome-ignore-start lint/a11y: pdf.js takes nothing but a div; what scrolls must be reached with the keyboard. */}
        <div ref={container} className={classes.scroll} role="region" tabIndex={0} aria-label="Contents">
          <div className="pdfViewer" />
        </div>
        {/* biome-ignore-end lint/a11y: of the pages. */}
      </div>
    </>
  );
}
