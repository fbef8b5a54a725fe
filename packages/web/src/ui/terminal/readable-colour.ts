/** Relative luminances, as WCAG defines them, that have a contrast of 4.5 with our backgrounds. */
const DARK_ENOUGH = 0.155;
const LIGHT_ENOUGH = 0.24;

type Colour = readonly [red: number, green: number, blue: number];

/**
 * A colour of a terminal as one of CSS, moved towards black or white until it can be read in either scheme.
 *
 * @param channels - red, green and blue from 0 to 255: `187, 0, 0`.
 */
export function readableColour(channels: string): string {
  const [red = 0, green = 0, blue = 0] = channels.split(',').map(Number);
  const onLight = moved([red, green, blue], 0, (each) => luminance(each) <= DARK_ENOUGH);
  const onDark = moved([red, green, blue], 255, (each) => luminance(each) >= LIGHT_ENOUGH);
  return `light-dark(rgb(${onLight.join(' ')}), rgb(${onDark.join(' ')}))`;
}

function moved(colour: Colour, towards: 0 | 255, isGood: (colour: Colour) => boolean): Colour {
  for (let part = 0; part < 1; part += 0.05) {
    const mix = (channel: number) => Math.round(channel + (towards - channel) * part);
    const mixed: Colour = [mix(colour[0]), mix(colour[1]), mix(colour[2])];
    if (isGood(mixed)) return mixed;
  }
  return [towards, towards, towards];
}

function luminance(colour: Colour): number {
  const linear = (channel: number) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
}
