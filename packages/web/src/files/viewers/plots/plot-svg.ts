import type uPlot from 'uplot';
import { drawnAxis } from './axis-look.ts';
import type { CurvePaths } from './curve-paths.ts';
import { cutText } from './cut-text.ts';
import type { Marks } from './marks.ts';
import { colourOf, dashOf, inks, type Scheme } from './plot-look.ts';
import { thinPoints } from './thin-points.ts';

const FONT = 'font-family="system-ui, sans-serif" font-size="12"';
const LEGEND = 22;
/** Letters of a name in the legend. */
const LONGEST_NAME = 40;
const SAMPLE = 20;
const RADIUS = 2.5;
const TICK = 5;

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface CurvesLook {
  readonly scheme: Scheme;
  readonly marks: Marks;
  /** Of each curve, which colour and dashes it has. */
  readonly styles: readonly number[];
  readonly paths: CurvePaths;
}

/** Curves as a picture of lines: what is in sight, with axes and a legend. */
export function svgOfSeries(plot: uPlot, { scheme, marks, styles, paths }: CurvesLook): string {
  const lookOf = (i: number) => {
    const style = styles[i] ?? i;
    return { colour: colourOf(scheme, style), dash: dashOf(style) };
  };
  const curves = plot.series.slice(1).flatMap(({ show = true }, i) => {
    if (!show) return [];
    const { colour, dash } = lookOf(i);
    const line =
      marks === 'Points'
        ? ''
        : `<path d="${pathOf(plot, i + 1, paths)}" fill="none" stroke="${colour}" stroke-width="1.5"${dashes(dash)}/>`;
    const points = marks === 'Lines' ? [] : thinPoints(plot, i + 1);
    return [line, ...points.map((at) => circleOf(plot, i + 1, at, colour))];
  });
  const legend = plot.series
    .slice(1)
    .map(({ label, show = true }, i) => ({ name: cutText(String(label), LONGEST_NAME), ...lookOf(i), show }))
    // One alone needs none, but of several the one that is shown.
    .filter(({ show }) => show && plot.series.length > 2);
  return svgOf(plot, { scheme, content: curves.join(''), legend });
}

interface Picture {
  readonly scheme: Scheme;
  /** Inside the axes, from their upper left corner on. */
  readonly content: string;
  readonly legend: readonly { readonly name: string; readonly colour: string; readonly dash: number[] }[];
  /** On the right of the axes. */
  readonly beside?: string;
}

/** A picture with the axes of a plot around it. */
export function svgOf(plot: uPlot, { scheme, content, legend, beside = '' }: Picture): string {
  const { paper } = inks[scheme];
  const place: Place = {
    left: plot.bbox.left / devicePixelRatio,
    top: plot.bbox.top / devicePixelRatio,
    width: plot.over.clientWidth,
    height: plot.over.clientHeight,
  };
  const lines = legendLines(legend, place.width);
  const height = plot.height + lines.length * LEGEND;
  const size = `width="${plot.width}" height="${height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${plot.width} ${height}" ${FONT}>`,
    `<rect ${size} fill="${paper}"/>`,
    axisOf(plot, 'x', place, scheme),
    axisOf(plot, 'y', place, scheme),
    `<svg x="${place.left}" y="${place.top}" width="${place.width}" height="${place.height}">${content}</svg>`,
    beside,
    ...lines.map((line, i) => legendLine(line, plot.height + i * LEGEND, place.left, scheme)),
    '</svg>',
  ].join('');
}

function axisOf(plot: uPlot, name: 'x' | 'y', { left, top, width, height }: Place, scheme: Scheme): string {
  const { text, line } = inks[scheme];
  const isX = name === 'x';
  const { ticks, label } = drawnAxis(plot, isX ? 0 : 1);
  const marks = ticks.flatMap(({ value, text: words }) => {
    const at = plot.valToPos(value, name);
    if (at < -1 || at > (isX ? width : height) + 1) return [];
    const [x, y] = isX ? [left + at, top + height] : [left, top + at];
    const [x2, y2] = isX ? [x, top] : [left + width, y];
    const place = isX
      ? `x="${round(x)}" y="${round(y + TICK + 14)}" text-anchor="middle"`
      : `x="${round(x - TICK - 3)}" y="${round(y + 4)}" text-anchor="end"`;
    return [
      `<line x1="${round(x)}" y1="${round(y)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${line}"/>`,
      `<text ${place} fill="${text}">${words}</text>`,
    ];
  });
  const middle = isX
    ? `x="${round(left + width / 2)}" y="${round(top + height + 40)}"`
    : `transform="translate(14 ${round(top + height / 2)}) rotate(-90)"`;
  return `${marks.join('')}<text ${middle} text-anchor="middle" fill="${text}">${escapeXml(label)}</text>`;
}

/** What goes side by side, line by line. */
function legendLines(legend: Picture['legend'], width: number): Picture['legend'][number][][] {
  const lines: Picture['legend'][number][][] = [];
  let left = 0;
  for (const entry of legend) {
    if (left < entryWidth(entry)) {
      lines.push([]);
      left = width;
    }
    lines.at(-1)?.push(entry);
    left -= entryWidth(entry);
  }
  return lines;
}

/** About as much as its letters take. */
function entryWidth({ name }: { readonly name: string }): number {
  return SAMPLE + 24 + 7 * name.length;
}

function legendLine(entries: Picture['legend'], top: number, left: number, scheme: Scheme): string {
  let x = left;
  return entries
    .map((entry) => {
      const { name, colour, dash } = entry;
      const at = x;
      x += entryWidth(entry);
      return `<line x1="${at}" x2="${at + SAMPLE}" y1="${top + 10}" y2="${top + 10}" stroke="${colour}" stroke-width="3"${dashes(dash)}/><text x="${at + SAMPLE + 5}" y="${top + 14}" fill="${inks[scheme].text}">${escapeXml(name)}</text>`;
    })
    .join('');
}

function dashes(dash: readonly number[]): string {
  return dash.length > 0 ? ` stroke-dasharray="${dash.join(' ')}"` : '';
}

function pathOf(plot: uPlot, series: number, paths: CurvePaths): string {
  const parts: string[] = [];
  const add = (letter: string) => (x: number, y: number) => parts.push(`${letter}${round(x)} ${round(y)}`);
  paths.trace({ moveTo: add('M'), lineTo: add('L') }, plot, series);
  return parts.join('');
}

function circleOf(plot: uPlot, series: number, at: number, colour: string): string {
  const x = plot.valToPos(plot.data[0][at] as number, 'x');
  const y = plot.valToPos(plot.data[series]?.[at] as number, 'y');
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${RADIUS}" fill="${colour}"/>`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
