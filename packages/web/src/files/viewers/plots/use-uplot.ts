import 'uplot/dist/uPlot.min.css';
import { type RefObject, useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { PLOT_KEYS, zoomByKey } from './plot-keys.ts';
import type { Scheme } from './plot-look.ts';
import type { PlotZoom } from './plot-zoom.ts';
import { useInkScheme } from './use-ink-scheme.ts';

/** While somebody zooms, the address waits for so long. */
const SETTLED_MS = 250;
/** With its axes. */
const LEAST_HEIGHT = 160;

export type PlotOptions = Omit<UPlot.Options, 'width' | 'height'>;

interface UplotProps {
  /** What it is, for who does not see it. */
  readonly label: string;
  readonly data: UPlot.AlignedData;
  readonly options: (scheme: Scheme) => PlotOptions;
  readonly zoom: PlotZoom | undefined;
  readonly onZoom: (zoom: PlotZoom | undefined) => void;
}

/**
 * A plot in a box. Dragging zooms, a double click shows everything again; data that grows goes on in the same plot, with
 * the same zoom. Other options are another plot: give it another key. On paper it has the colours of the light page.
 */
export function useUplot(box: RefObject<HTMLDivElement | null>, props: UplotProps): RefObject<UPlot | null> {
  const { data, zoom } = props;
  const plot = useRef<UPlot>(null);
  const latest = useRef(props);
  latest.current = props;
  const drawn = useRef<UPlot.AlignedData>(undefined);
  const isZoomed = useRef(zoom !== undefined);
  const scheme = useInkScheme();
  // Which curves somebody hid by the legend: in other colours, they stay hidden.
  const shown = useRef<readonly (boolean | undefined)[]>([]);

  useEffect(() => {
    const place = box.current;
    if (!place) return;
    let settling: ReturnType<typeof setTimeout> | undefined;
    const { options, onZoom } = latest.current;
    const look = options(scheme);
    const tell = (made: UPlot) => {
      clearTimeout(settling);
      settling = setTimeout(() => latest.current.onZoom(zoomOf(made)), SETTLED_MS);
    };
    const made = new UPlot(
      {
        ...look,
        series: look.series.map((one, i) => ({ ...one, show: shown.current[i] ?? one.show ?? true })),
        width: place.clientWidth,
        height: place.clientHeight,
        hooks: {
          ...look.hooks,
          setSelect: [
            (u) => {
              if (u.select.width <= 0 && u.select.height <= 0) return;
              isZoomed.current = true;
              tell(u);
            },
          ],
        },
      },
      latest.current.data,
      place,
    );
    plot.current = made;
    drawn.current = latest.current.data;
    if (latest.current.zoom) {
      isZoomed.current = true;
      zoomTo(made, latest.current.zoom);
    }
    const showAll = () => {
      isZoomed.current = false;
      clearTimeout(settling);
      onZoom(undefined);
    };
    made.over.addEventListener('dblclick', showAll);
    const picture = pictureOf(made);
    picture.role = 'img';
    picture.tabIndex = 0;
    picture.ariaLabel = latest.current.label;
    picture.setAttribute('aria-keyshortcuts', PLOT_KEYS);
    picture.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const next = zoomByKey(event.key, zoomOf(made), { x: isLog(made, 'x'), y: isLog(made, 'y') });
      if (!next && event.key !== '0') return;
      event.preventDefault();
      if (next) {
        isZoomed.current = true;
        zoomTo(made, next);
        tell(made);
      } else {
        showAll();
        made.setData(made.data, true);
      }
    });
    const observer = new ResizeObserver(() => {
      const before = isZoomed.current ? zoomOf(made) : undefined;
      // Of a part in sight, it would choose the heights anew.
      made.setSize({ width: place.clientWidth, height: heightFor(place, made) });
      if (before) zoomTo(made, before);
    });
    observer.observe(place);
    return () => {
      clearTimeout(settling);
      observer.disconnect();
      shown.current = made.series.map(({ show }) => show);
      made.destroy();
      plot.current = null;
    };
  }, [box, scheme]);

  useEffect(() => {
    const made = plot.current;
    if (!made || drawn.current === data) return;
    drawn.current = data;
    const before = isZoomed.current ? zoomOf(made) : undefined;
    made.setData(data, !before);
    if (before) zoomTo(made, before);
  }, [data]);

  useEffect(() => {
    if (plot.current) pictureOf(plot.current).ariaLabel = props.label;
  }, [props.label]);

  // Somebody asked for everything: here, or by the address.
  useEffect(() => {
    if (zoom !== undefined || !isZoomed.current) return;
    isZoomed.current = false;
    plot.current?.setData(plot.current.data, true);
  }, [zoom]);
  return plot;
}

/** What is drawn, without the legend, whose entries can be pressed. */
function pictureOf({ root }: UPlot): HTMLElement {
  return root.querySelector<HTMLElement>('.u-wrap') ?? root;
}

function isLog({ scales }: UPlot, name: 'x' | 'y'): boolean {
  return scales[name]?.distr === 3;
}

function zoomOf({ scales }: UPlot): PlotZoom {
  const of = (name: string): [number, number] => [scales[name]?.min ?? 0, scales[name]?.max ?? 0];
  return { x: of('x'), y: of('y') };
}

function zoomTo(plot: UPlot, { x, y }: PlotZoom): void {
  plot.batch(() => {
    plot.setScale('x', { min: x[0], max: x[1] });
    plot.setScale('y', { min: y[0], max: y[1] });
  });
}

/** The legend takes its place below. */
function heightFor(place: HTMLElement, { root }: UPlot): number {
  const legend = root.querySelector<HTMLElement>('.u-legend');
  return Math.max(LEAST_HEIGHT, place.clientHeight - (legend?.offsetHeight ?? 0));
}
