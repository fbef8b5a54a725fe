import { type Ref, useImperativeHandle, useMemo, useRef } from 'react';
import type uPlot from 'uplot';
import classes from './plot.module.css';
import { axisLook, colourOf, longNumber, type Scheme, scaleLook, xScaleLook } from './plot-look.ts';
import { alignSeries, type LogAxes, type PlotSeries } from './plot-series.ts';
import { svgOfSeries } from './plot-svg.ts';
import type { PlotZoom } from './plot-zoom.ts';
import type { SavablePlot } from './save-plot.tsx';
import { thinPoints } from './thin-points.ts';
import { type PlotOptions, useUplot } from './use-uplot.ts';

export const MARKS = ['Lines', 'Points', 'Both'] as const;
export type Marks = (typeof MARKS)[number];

interface SeriesPlotProps extends LogAxes {
  /** The label of the x axis. */
  readonly x: string;
  readonly series: readonly PlotSeries[];
  readonly marks: Marks;
  readonly zoom: PlotZoom | undefined;
  /** Told when somebody zooms; undefined when everything is to be shown. */
  readonly onZoom: (zoom: PlotZoom | undefined) => void;
  /** For a button that saves it. */
  readonly ref?: Ref<SavablePlot>;
}

/** Curves in one plot, with a legend. A million points stay fluent. */
export function SeriesPlot(props: SeriesPlotProps) {
  const { x, series, marks, isLogX, isLogY } = props;
  const names = series.map(({ name }) => name);
  // Only the data may change in a plot that stands.
  return <Curves key={JSON.stringify([x, names, marks, isLogX, isLogY])} {...props} />;
}

function Curves({ x, series, marks, isLogX, isLogY, zoom, onZoom, ref }: SeriesPlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const data = useMemo(() => alignSeries(series, { isLogX, isLogY }), [series, isLogX, isLogY]);
  const names = series.map(({ name }) => name);
  const plot = useUplot(box, {
    data,
    zoom,
    onZoom,
    options: (scheme) => seriesOptions(scheme, { x, names, marks, isLogX, isLogY }),
  });
  useImperativeHandle(ref, () => ({
    svg: (scheme) => (plot.current ? svgOfSeries(plot.current, { scheme, marks }) : undefined),
  }));
  return (
    <div className={classes.place}>
      <div
        ref={box}
        className={classes.plot}
        role="img"
        aria-label={`Plot of ${names.join(', ')} over ${x}, ${data[0].length} points`}
      />
    </div>
  );
}

interface SeriesLook extends LogAxes {
  readonly x: string;
  readonly names: readonly string[];
  readonly marks: Marks;
}

function seriesOptions(scheme: Scheme, { x, names, marks, isLogX, isLogY }: SeriesLook): PlotOptions {
  const axis = axisLook(scheme);
  return {
    cursor: { drag: { x: true, y: true, uni: 40 }, points: { size: 6 } },
    scales: { x: xScaleLook(isLogX), y: scaleLook(isLogY) },
    axes: [
      { ...axis, label: x },
      { ...axis, ...(names.length === 1 ? { label: names[0] } : {}), size: 62 },
    ],
    series: [
      { label: x, value: (_, value) => longNumber(value) },
      ...names.map((name, i): uPlot.Series => {
        const colour = colourOf(scheme, i);
        return {
          label: name,
          stroke: colour,
          width: 1.5,
          value: (_, value) => longNumber(value),
          ...(marks === 'Points' ? { paths: () => null } : {}),
          points: marks === 'Lines' ? {} : { show: true, size: 5, fill: colour, filter: thinPoints },
        };
      }),
    ],
  };
}
