import { Text } from '@mantine/core';
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type uPlot from 'uplot';
import { TEXT_SPACE, xAxisLook, yAxisLook } from './axis-look.ts';
import { CurvePaths } from './curve-paths.ts';
import { lineInFileOrder } from './file-order.ts';
import { makeLegendButtons, pressLegendButtons } from './legend-buttons.ts';
import type { Marks } from './marks.ts';
import classes from './plot.module.css';
import { colourOf, dashOf, longNumber, type Scheme, xScaleLook, yScaleLook } from './plot-look.ts';
import { alignSeries, type LogAxes, type PlotSeries } from './plot-series.ts';
import { svgOfSeries } from './plot-svg.ts';
import { inUnits, type PlotUnits, unitsOf, zoomInUnits } from './plot-units.ts';
import { type PlotZoom, zoomOnAxes } from './plot-zoom.ts';
import type { SavablePlot } from './save-plot.tsx';
import { thinPoints } from './thin-points.ts';
import { longTime } from './time-texts.ts';
import { usePlotSettings } from './use-plot-settings.ts';
import { type PlotOptions, useUplot } from './use-uplot.ts';

interface SeriesPlotProps {
  /** The label of the x axis. */
  readonly x: string;
  /** Numbers of the x axis are seconds since the beginning of 1970, shown as times. */
  readonly isTime?: boolean;
  /** The label of the y axis; without it, the name of the only curve. */
  readonly y?: string;
  readonly series: readonly PlotSeries[];
  /** Told when somebody hides a curve by the legend, or shows it again. */
  readonly onToggle?: (name: string) => void;
  /** For a button that saves it. */
  readonly ref?: Ref<SavablePlot>;
}

/** Curves in one plot, with a legend, drawn as the address says. A million points stay fluent. */
export function SeriesPlot(props: SeriesPlotProps) {
  const { x, y, series } = props;
  const { marks, isLogX, isLogY, zoom, setZoom } = usePlotSettings();
  const looks = series.map(({ name, style }) => [name, style]);
  const units = useMemo(() => unitsOf(series, { isLogX, isLogY }), [series, isLogX, isLogY]);
  const shown = useMemo(() => inUnits(series, units), [series, units]);
  const shownZoom = useMemo(() => {
    const fitting = zoomOnAxes(zoom, { isLogX, isLogY });
    return fitting && zoomInUnits(fitting, units);
  }, [zoom, isLogX, isLogY, units]);
  const inverse = { x: 1 / units.x, y: 1 / units.y };
  // Only the data may change in a plot that stands, and which curves are hidden.
  return (
    <Curves
      key={JSON.stringify([x, props.isTime, y, looks, marks, isLogX, isLogY, units])}
      {...props}
      {...{ marks, isLogX, isLogY, units }}
      series={shown}
      zoom={shownZoom}
      onZoom={(next) => setZoom(next && zoomInUnits(next, inverse))}
    />
  );
}

interface CurvesProps extends SeriesPlotProps, LogAxes {
  readonly marks: Marks;
  /** Those of the curves and of the zoom. */
  readonly units: PlotUnits;
  readonly zoom: PlotZoom | undefined;
  /** Told when somebody zooms; undefined when everything is to be shown. */
  readonly onZoom: (zoom: PlotZoom | undefined) => void;
}

function Curves(props: CurvesProps) {
  const { x, isTime = false, y, series, marks, isLogX, isLogY, units, zoom, onZoom, onToggle, ref } = props;
  const box = useRef<HTMLDivElement>(null);
  const data = useMemo(() => alignSeries(series, { isLogX, isLogY }), [series, isLogX, isLogY]);
  const lines = useMemo(
    () => series.map((one) => lineInFileOrder(one, { isLogX, isLogY })),
    [series, isLogX, isLogY],
  );
  const [paths] = useState(() => new CurvePaths());
  paths.lines = lines;
  const [isDotted, setDotted] = useState(false);
  const names = series.map(({ name }) => name);
  const toggle = useRef(onToggle);
  toggle.current = onToggle;
  const plot = useUplot(box, {
    label: `Plot of ${names.join(', ')} over ${x}, ${data[0].length} points`,
    data,
    zoom,
    onZoom,
    options: (scheme) => ({
      ...seriesOptions(scheme, { x, isTime, y, series, marks, isLogX, isLogY, units, paths }),
      hooks: {
        init: [(made) => readNearest(made, paths), makeLegendButtons, pressLegendButtons],
        draw: [() => setDotted(paths.isDotted)],
        setSeries: [
          (made, at, { show }) => {
            pressLegendButtons(made);
            if (show !== undefined) toggle.current?.(names[(at ?? 0) - 1] ?? '');
          },
        ],
      },
    }),
  });
  const hidden = series.map(({ isHidden = false }) => isHidden);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is said of each curve counts, not the list.
  useEffect(() => {
    for (const [i, isHidden] of hidden.entries())
      if (plot.current?.series[i + 1]?.show === isHidden)
        plot.current.setSeries(i + 1, { show: !isHidden }, false);
  }, [hidden.join()]);
  useImperativeHandle(ref, () => ({
    svg: (scheme) =>
      plot.current
        ? svgOfSeries(plot.current, { scheme, marks, styles: stylesOf(series), paths })
        : undefined,
  }));
  return (
    <div className={classes.place}>
      {isDotted && (
        <Text size="xs" c="dimmed" className={classes.note} role="note">
          Points without a line: it would go back and forth too often.
        </Text>
      )}
      <div ref={box} className={classes.plot} />
    </div>
  );
}

interface SeriesLook extends LogAxes {
  readonly x: string;
  readonly isTime: boolean;
  readonly y: string | undefined;
  readonly series: readonly PlotSeries[];
  readonly marks: Marks;
  readonly units: PlotUnits;
  readonly paths: CurvePaths;
}

/** What is under the cursor is, of a curve that turns back, the point that is nearest. */
function readNearest(plot: uPlot, paths: CurvePaths): void {
  const { cursor } = plot;
  const usual = cursor.dataIdx;
  cursor.dataIdx = (self, series, at, x) =>
    paths.pointAt(self, series, at) ?? usual?.(self, series, at, x) ?? at;
}

/** Of each curve, which colour and dashes it has. */
function stylesOf(series: readonly PlotSeries[]): number[] {
  return series.map(({ style }, i) => style ?? i);
}

function seriesOptions(
  scheme: Scheme,
  { x, isTime, y, series, marks, isLogX, isLogY, units, paths }: SeriesLook,
): PlotOptions {
  const label = y ?? (series.length === 1 ? series[0]?.name : undefined);
  const styles = stylesOf(series);
  return {
    cursor: { drag: { x: true, y: true, uni: 40 }, points: { size: 6 } },
    scales: { x: xScaleLook(isLogX), y: yScaleLook(isLogY) },
    padding: [null, TEXT_SPACE, null, null],
    axes: [
      xAxisLook(scheme, { label: x, isLog: isLogX, unit: units.x, isTime }),
      yAxisLook(scheme, { label, isLog: isLogY, unit: units.y }),
    ],
    series: [
      { label: x, value: (_, value) => (isTime ? longTime(value) : longNumber(value, units.x)) },
      ...series.map(({ name, isHidden = false }, i): uPlot.Series => {
        const style = styles[i] ?? i;
        const colour = colourOf(scheme, style);
        return {
          label: name,
          show: !isHidden,
          stroke: colour,
          dash: dashOf(style),
          width: 1.5,
          value: (_, value) => longNumber(value, units.y),
          paths: marks === 'Points' ? () => null : paths.build,
          points: marks === 'Lines' ? {} : { show: true, size: 5, fill: colour, filter: thinPoints },
        };
      }),
    ],
  };
}
