import { Text } from '@mantine/core';
import { type Ref, useImperativeHandle, useMemo, useRef } from 'react';
import type uPlot from 'uplot';
import { xAxisLook, yAxisLook } from './axis-look.ts';
import { BAR_SPACE, drawColourBar, svgOfColourBar } from './colour-bar.ts';
import type { ColourMap } from './colour-map.ts';
import { colourScaleOf, heatImage, type Plane, ROUND_SCALE } from './heat-image.ts';
import classes from './plot.module.css';
import { longNumber, type Scheme } from './plot-look.ts';
import { svgOf } from './plot-svg.ts';
import type { PlotZoom } from './plot-zoom.ts';
import type { SavablePlot } from './save-plot.tsx';
import { type PlotOptions, useUplot } from './use-uplot.ts';

interface HeatMapProps {
  /** What is shown, for those who can't see it. */
  readonly name: string;
  /** Labels of the axes. */
  readonly x: string;
  readonly y: string;
  readonly plane: Plane;
  /** How many indices a column and a row of the plane stand for. */
  readonly steps: { readonly x: number; readonly y: number };
  /** A cyclic one goes from −π to π. */
  readonly map: ColourMap;
  readonly isLog: boolean;
  readonly zoom: PlotZoom | undefined;
  readonly onZoom: (zoom: PlotZoom | undefined) => void;
  readonly ref?: Ref<SavablePlot>;
}

/** Numbers over a plane as colours, in a plot with the same axes and the same zoom as curves have. */
export function HeatMap(props: HeatMapProps) {
  const { x, y, steps, plane, map, isLog } = props;
  const key = [x, y, steps.x, steps.y, plane.rows, plane.columns, map, isLog];
  return <Colours key={key.join('\n')} {...props} />;
}

function Colours({ name, x, y, plane, steps, map, isLog, zoom, onZoom, ref }: HeatMapProps) {
  const box = useRef<HTMLDivElement>(null);
  const reading = useRef<HTMLParagraphElement>(null);
  const range = useMemo(() => colourScaleOf(plane.values, isLog), [plane, isLog]);
  const scale = map === 'cyclic' ? ROUND_SCALE : range;
  const image = useMemo(() => heatImage(plane, scale, map), [plane, scale, map]);
  const [width, height] = [plane.columns * steps.x, plane.rows * steps.y];
  // Another object where the colours are others: the plot draws anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same.
  const data = useMemo(
    (): uPlot.AlignedData => [
      [0, width],
      [0, height],
    ],
    [width, height, image],
  );
  const latest = useRef({ image, scale });
  latest.current = { image, scale };

  const plot = useUplot(box, {
    label: `Heat map of ${name}, ${plane.rows} × ${plane.columns} values from ${longNumber(range.low)} to ${longNumber(range.high)}`,
    data,
    zoom,
    onZoom,
    options: (scheme) =>
      heatOptions(
        scheme,
        { x, y },
        {
          draw: (made) => {
            drawImage(made, latest.current.image, width, height);
            drawColourBar(made, { scale: latest.current.scale, map, scheme });
          },
          setCursor: ({ cursor: { left = -1, top = -1 }, posToVal }) => {
            if (!reading.current) return;
            const column = Math.floor(posToVal(left, 'x') / steps.x);
            const row = Math.floor(posToVal(top, 'y') / steps.y);
            const isIn = left >= 0 && column >= 0 && row >= 0 && column < plane.columns && row < plane.rows;
            reading.current.textContent = isIn
              ? `${x}: ${column * steps.x}, ${y}: ${row * steps.y}: ${longNumber(plane.values[row * plane.columns + column])}`
              : 'Point at the map to read it';
          },
        },
      ),
  });
  useImperativeHandle(ref, () => ({
    svg: (scheme) =>
      plot.current
        ? svgOf(plot.current, {
            scheme,
            content: imageOf(plot.current, image, width, height),
            legend: [],
            beside: svgOfColourBar(plot.current, { scale, map, scheme }),
          })
        : undefined,
  }));
  return (
    <div className={classes.place}>
      <div ref={box} className={classes.map} />
      <Text ref={reading} size="xs" c="dimmed" ta="center">
        Point at the map to read it
      </Text>
    </div>
  );
}

interface HeatHooks {
  readonly draw: (plot: uPlot) => void;
  readonly setCursor: (plot: uPlot) => void;
}

function heatOptions(scheme: Scheme, labels: { x: string; y: string }, hooks: HeatHooks): PlotOptions {
  const grid = { show: false };
  const exactly = (_: uPlot, low: number, high: number): [number, number] => [low, high];
  return {
    legend: { show: false },
    cursor: { drag: { x: true, y: true, uni: 40 }, points: { show: false } },
    padding: [null, BAR_SPACE, null, null],
    scales: { x: { time: false, range: exactly }, y: { range: exactly } },
    axes: [
      { ...xAxisLook(scheme, { label: labels.x }), grid },
      { ...yAxisLook(scheme, { label: labels.y }), grid },
    ],
    series: [{}, { paths: () => null, points: { show: false } }],
    hooks: { draw: [hooks.draw], setCursor: [hooks.setCursor] },
  };
}

function drawImage(plot: uPlot, image: HTMLCanvasElement, width: number, height: number): void {
  const { ctx, bbox } = plot;
  const at = (value: number, scale: string) => plot.valToPos(value, scale, true);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  // Each number has its own pixel: nothing is made up between them.
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(
    image,
    at(0, 'x'),
    at(height, 'y'),
    at(width, 'x') - at(0, 'x'),
    at(0, 'y') - at(height, 'y'),
  );
  ctx.restore();
}

function imageOf(plot: uPlot, image: HTMLCanvasElement, width: number, height: number): string {
  const [left, right] = [plot.valToPos(0, 'x'), plot.valToPos(width, 'x')];
  const [top, bottom] = [plot.valToPos(height, 'y'), plot.valToPos(0, 'y')];
  const place = `x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"`;
  return `<image ${place} preserveAspectRatio="none" image-rendering="pixelated" href="${image.toDataURL()}"/>`;
}
