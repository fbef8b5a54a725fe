import { AnnotationMode, type PDFDocumentProxy } from 'pdfjs-dist';
import { EventBus, LinkTarget, PDFLinkService, PDFViewer } from 'pdfjs-dist/web/pdf_viewer.mjs';
import type { FileSource } from '../file-source.ts';
import { openPdf, pdfFailure } from './open-pdf.ts';
import type { Place } from './pdf-viewer.tsx';

/** The pages of an open PDF. */
export interface PdfPages {
  /** Where one is, to begin there again. */
  where(): Start | undefined;
  goTo(page: number): void;
  /** @param factor - 2 is twice as large as now. */
  zoomBy(factor: number): void;
  fitWidth(): void;
  close(): void;
}

interface Start {
  readonly page: number;
  readonly scale: string;
}

interface ShowOptions {
  readonly start: Start | undefined;
  readonly onPlace: (place: Place) => void;
  readonly onError: (error: unknown) => void;
}

const FIT = 'page-width';
const LEAST = 0.1;
const MOST = 8;
const NO_EDITOR = -1;

/** Shows the pages of a PDF in an element that scrolls; only those in sight are drawn. */
export function showPages(container: HTMLElement, source: FileSource, options: ShowOptions): PdfPages {
  const { start, onPlace, onError } = options;
  const bus = new EventBus();
  const links = new PDFLinkService({
    eventBus: bus,
    externalLinkTarget: LinkTarget.BLANK,
    externalLinkRel: 'noopener noreferrer nofollow',
  });
  const ending = new AbortController();
  const viewer = new PDFViewer({
    container: container as HTMLDivElement,
    eventBus: bus,
    linkService: links,
    annotationMode: AnnotationMode.ENABLE,
    annotationEditorMode: NO_EDITOR,
    enableSelectionRendering: false,
    removePageBorders: true,
    // Made for its own toolbar, which listens here.
    ...{ abortSignal: ending.signal },
  });
  links.setViewer(viewer);
  // It is asked for when the pages are gone.
  let last = start;
  const tell = () => {
    const page = viewer.currentPageNumber;
    last = { page, scale: viewer.currentScaleValue };
    onPlace({ page, pageCount: viewer.pagesCount, scale: viewer.currentScale });
  };
  const on = (event: string, listener: () => void) => bus.on(event, listener, { signal: ending.signal });
  on('pagesinit', () => {
    viewer.currentScaleValue = start?.scale ?? FIT;
    if (start) viewer.currentPageNumber = Math.min(start.page, viewer.pagesCount);
    tell();
  });
  on('pagechanging', tell);
  on('scalechanging', tell);
  const resized = new ResizeObserver(() => {
    if (viewer.currentScaleValue === FIT) viewer.currentScaleValue = FIT;
  });
  resized.observe(container);

  const fail = (error: unknown) => {
    if (!ending.signal.aborted) onError(pdfFailure(error));
  };
  const task = openPdf(source, fail);
  task.promise.then((document: PDFDocumentProxy) => {
    if (ending.signal.aborted) return;
    links.setDocument(document);
    viewer.setDocument(document);
  }, fail);

  return {
    where: () => last,
    goTo: (page) => {
      viewer.currentPageNumber = page;
    },
    zoomBy: (factor) => {
      viewer.currentScale = Math.min(MOST, Math.max(LEAST, viewer.currentScale * factor));
    },
    fitWidth: () => {
      viewer.currentScaleValue = FIT;
    },
    close() {
      ending.abort();
      resized.disconnect();
      viewer.cleanup();
      // Its types ask for a document, its code takes none as the end.
      viewer.setDocument(null as unknown as PDFDocumentProxy);
      void task.destroy();
    },
  };
}
