import type uPlot from 'uplot';
import { expect, test } from 'vitest';
import { drawnAxis, xAxisLook } from './axis-look.ts';

/** As the plot leaves an axis that has no numbers to show. Each letter is ten pixels wide. */
const plotOf = (axis: uPlot.Axis) =>
  ({
    axes: [{ ...axis, _splits: null, _values: null }],
    over: { clientWidth: 200 },
    ctx: { save() {}, restore() {}, measureText: (text: string) => ({ width: 10 * text.length }) },
  }) as unknown as uPlot;

test.each([true, false])('an axis without numbers has its name and no ticks (logarithmic: %s)', (isLog) => {
  const axis = xAxisLook('light', { label: 'voltage (V)', isLog });
  expect(drawnAxis(plotOf(axis), 0)).toEqual({ ticks: [], label: 'voltage (V)' });
});

test('of a long name, an axis has as much as fits', () => {
  const axis = xAxisLook('light', { label: 'voltage behind the amplifier (V)' });
  expect(drawnAxis(plotOf(axis), 0).label).toBe('voltage behind the…');
});
