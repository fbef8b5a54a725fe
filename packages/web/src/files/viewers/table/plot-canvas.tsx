import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type uPlot from 'uplot';
import UPlot from 'uplot';
import classes from './plot.module.css';
import type { Marks } from './plot.tsx';
import { plotOptions } from './plot-options.ts';

export interface PlotCanvasProps {
  readonly data: uPlot.AlignedData;
  readonly x: string;
  readonly y: readonly string[];
  readonly marks: Marks;
  readonly isLogX: boolean;
  readonly isLogY: boolean;
  /** Another number shows everything again. */
  readonly resets: number;
}

/** The plot itself. Dragging zooms, a double click shows everything again. */
export function PlotCanvas({ data, x, y, marks, isLogX, isLogY, resets }: PlotCanvasProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const isZoomed = useRef(false);
  const scheme = useComputedColorScheme();

  // Another choice of columns or axes is another plot: the key sees to that. Only the colours change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same.
  useEffect(() => {
    const place = box.current;
    if (!place) return;
    const options = plotOptions({ x, y, marks, isLogX, isLogY, isDark: scheme === 'dark' });
    const made = new UPlot(
      {
        ...options,
        width: place.clientWidth,
        height: place.clientHeight,
        hooks: {
          setSelect: [({ select }) => (isZoomed.current ||= select.width > 0 || select.height > 0)],
        },
      },
      data,
      place,
    );
    plot.current = made;
    const showAll = () => {
      isZoomed.current = false;
    };
    made.over.addEventListener('dblclick', showAll);
    const observer = new ResizeObserver(() =>
      made.setSize({ width: place.clientWidth, height: heightFor(place, made) }),
    );
    observer.observe(place);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [scheme]);

  useEffect(() => {
    plot.current?.setData(data, !isZoomed.current);
    if (isZoomed.current) plot.current?.redraw();
  }, [data]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each press counts.
  useEffect(() => {
    isZoomed.current = false;
    plot.current?.setData(plot.current.data, true);
  }, [resets]);

  return (
    <div className={classes.place}>
      <div
        ref={box}
        className={classes.plot}
        role="img"
        aria-label={`Plot of ${y.join(', ')} over ${x}, ${data[0].length} points`}
      />
    </div>
  );
}

/** The legend takes its place below. */
function heightFor(place: HTMLElement, { root }: uPlot): number {
  const legend = root.querySelector<HTMLElement>('.u-legend');
  return Math.max(120, place.clientHeight - (legend?.offsetHeight ?? 0));
}
