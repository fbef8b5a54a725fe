import { type Fit, valueAt } from './fit-oscillation.ts';

const WIDTH = 800;
const HEIGHT = 500;
const MARGIN = 60;

/** The least and the greatest: of a long table, too long for the arguments of `Math.min`. */
function ends(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([least, greatest], value) => [Math.min(least, value), Math.max(greatest, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** A picture of points and fit, as SVG. */
export function draw(x: readonly number[], y: readonly number[], fit: Fit, names: readonly string[]): string {
  const [left, right] = ends(x);
  const [bottom, top] = ends(y);
  const across = (value: number) => MARGIN + ((value - left) / (right - left)) * (WIDTH - 2 * MARGIN);
  const up = (value: number) =>
    HEIGHT - MARGIN - ((value - bottom) / (top - bottom || 1)) * (HEIGHT - 2 * MARGIN);
  const place = (px: number, py: number) => `${across(px).toFixed(1)},${up(py).toFixed(1)}`;
  const points = x.map((each, i) => {
    const [cx, cy] = place(each, y[i] ?? 0).split(',');
    return `<circle cx="${cx}" cy="${cy}" r="3"/>`;
  });
  const line = Array.from({ length: 1001 }, (_, i) => left + (i / 1000) * (right - left));
  const label = (at: string, text: string) => `<text ${at}>${text.replace(/[<&>]/g, '')}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" text-anchor="middle">
<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>
<g fill="steelblue">${points.join('')}</g>
<polyline fill="none" stroke="darkorange" stroke-width="2" points="${line.map((each) => place(each, valueAt(each, fit))).join(' ')}"/>
<path fill="none" stroke="black" d="M${MARGIN},${MARGIN} V${HEIGHT - MARGIN} H${WIDTH - MARGIN}"/>
${label(`x="${WIDTH / 2}" y="${HEIGHT - 15}"`, names[0] ?? '')}
${label(`x="15" y="${HEIGHT / 2}" transform="rotate(-90 15 ${HEIGHT / 2})"`, names[1] ?? '')}
${label(`x="${MARGIN}" y="${HEIGHT - 40}"`, String(left))}
${label(`x="${WIDTH - MARGIN}" y="${HEIGHT - 40}"`, String(right))}
${label(`x="${MARGIN - 20}" y="${HEIGHT - MARGIN}"`, bottom.toPrecision(2))}
${label(`x="${MARGIN - 20}" y="${MARGIN}"`, top.toPrecision(2))}
</svg>
`;
}
