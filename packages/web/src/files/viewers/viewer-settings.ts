/**
 * How a file is looked at, as it stands in the address behind its name: a link or a reload shows the same.
 *
 * `as`: the viewer. Of plots: `x` and `y` (a name, or several as a JSON list), `log` (the logarithmic axes: `x`, `y` or
 * `xy`), `marks`, `zoom` (from and to of x, then of y), `look` (how an array is drawn), `part` (of complex numbers),
 * `slice` (which indices of an array). Of files with several arrays or tables, `path`: which of them; of a table, `rows`:
 * where its page begins.
 */
const NAMES = ['as', 'x', 'y', 'log', 'marks', 'zoom', 'look', 'part', 'slice', 'path', 'rows'] as const;

export type ViewerSettings = Partial<Record<(typeof NAMES)[number], string>>;

/** Picks the settings from what stands in an address. */
export function parseViewerSettings(search: Readonly<Record<string, unknown>>): ViewerSettings {
  const settings: ViewerSettings = {};
  for (const name of NAMES) {
    const value = search[name];
    if (typeof value === 'string' && value !== '') settings[name] = value;
  }
  return settings;
}
