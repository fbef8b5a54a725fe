import type uPlot from 'uplot';
import { type ColourMap, colourMaps } from './colour-map.ts';
import type { ColourScale } from './heat-image.ts';
import { inks, type Scheme, shortNumbers } from './plot-look.ts';

/** CSS pixels beside the plot. */
export const BAR_SPACE = 96;
const GAP = 10;
const WIDTH = 12;

interface Bar {
  readonly scale: ColourScale;
  readonly map: ColourMap;
  readonly scheme: Scheme;
}

/** Draws what the colours mean, beside a plot. */
export function drawColourBar({ ctx, bbox }: uPlot, { scale, map, scheme }: Bar): void {
  const ratio = devicePixelRatio;
  const left = bbox.left + bbox.width + GAP * ratio;
  const gradient = ctx.createLinearGradient(0, bbox.top + bbox.height, 0, bbox.top);
  const stops = colourMaps[map];
  for (const [i, colour] of stops.entries()) gradient.addColorStop(i / (stops.length - 1), colour);
  ctx.save();
  ctx.fillStyle = gradient;
  ctx.fillRect(left, bbox.top, WIDTH * ratio, bbox.height);
  ctx.fillStyle = inks[scheme].text;
  ctx.font = `${12 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  const textLeft = left + (WIDTH + 5) * ratio;
  const texts = shortNumbers(scale.low, scale.high);
  ctx.textBaseline = 'top';
  ctx.fillText(texts.high, textLeft, bbox.top);
  ctx.textBaseline = 'bottom';
  ctx.fillText(texts.low, textLeft, bbox.top + bbox.height);
  ctx.restore();
}

/** The same as SVG. */
export function svgOfColourBar({ bbox }: uPlot, { scale, map, scheme }: Bar): string {
  const ratio = devicePixelRatio;
  const [left, top, height] = [(bbox.left + bbox.width) / ratio + GAP, bbox.top / ratio, bbox.height / ratio];
  const stops = colourMaps[map].map(
    (colour, i, all) => `<stop offset="${i / (all.length - 1)}" stop-color="${colour}"/>`,
  );
  const texts = shortNumbers(scale.low, scale.high);
  const text = (y: number, words: string) =>
    `<text x="${left + WIDTH + 5}" y="${y}" fill="${inks[scheme].text}">${words}</text>`;
  return [
    `<defs><linearGradient id="colours" x1="0" y1="1" x2="0" y2="0">${stops.join('')}</linearGradient></defs>`,
    `<rect x="${left}" y="${top}" width="${WIDTH}" height="${height}" fill="url(#colours)"/>`,
    text(top + 11, texts.high),
    text(top + height, texts.low),
  ].join('');
}
