/** From low to high, after Smith and van der Walt: even in grey, and for those who see few colours. */
const VIRIDIS = [
  '#440154',
  '#472d7b',
  '#3b528b',
  '#2c728e',
  '#21918c',
  '#28ae80',
  '#5ec962',
  '#addc30',
  '#fde725',
];
/** Its end is its beginning, as with angles. */
const TWILIGHT = [
  '#e2d9e2',
  '#9ebbc9',
  '#6785be',
  '#5e43a5',
  '#301437',
  '#8e2c50',
  '#ba6657',
  '#ceac94',
  '#e2d9e2',
];

export const colourMaps = { sequential: VIRIDIS, cyclic: TWILIGHT } as const;
export type ColourMap = keyof typeof colourMaps;

const STEPS = 256;

/** Red, green and blue for each of 256 steps. */
export function coloursOf(map: ColourMap): Uint8Array {
  const stops = colourMaps[map].map((text) =>
    [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16)),
  );
  const colours = new Uint8Array(3 * STEPS);
  for (let i = 0; i < STEPS; i += 1) {
    const place = (i / (STEPS - 1)) * (stops.length - 1);
    const low = Math.min(stops.length - 2, Math.floor(place));
    for (let part = 0; part < 3; part += 1) {
      const [from, to] = [stops[low]?.[part] ?? 0, stops[low + 1]?.[part] ?? 0];
      colours[3 * i + part] = Math.round(from + (to - from) * (place - low));
    }
  }
  return colours;
}
