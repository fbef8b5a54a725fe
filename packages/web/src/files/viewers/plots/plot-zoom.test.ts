import { expect, test } from 'vitest';
import { parseZoom, zoomOnAxes, zoomText } from './plot-zoom.ts';

test('what an address says comes back', () => {
  const zoom = { x: [-1.5, 2], y: [1e-9, 3e8] } as const;
  expect(parseZoom(zoomText(zoom))).toEqual(zoom);
});

test('a part of a second, counted from 1970, comes back', () => {
  const zoom = { x: [1732645000.123456, 1732645000.123457], y: [0.1 + 0.2, 1] } as const;
  expect(parseZoom(zoomText(zoom))).toEqual(zoom);
});

test.each([undefined, '', '1,2,3', '1,2,,4', '2,1,0,1', 'a,b,c,d', '0,Infinity,0,1'])(
  '%s is no zoom',
  (text) => expect(parseZoom(text)).toBeUndefined(),
);

test('a logarithmic axis does not begin at zero or below', () => {
  const zoom = { x: [-1, 1], y: [0, 1] } as const;
  const above = { x: [1, 2], y: [1e-9, 1] } as const;
  expect(zoomOnAxes(zoom, { isLogX: false, isLogY: false })).toBe(zoom);
  expect(zoomOnAxes(zoom, { isLogX: true, isLogY: false })).toBeUndefined();
  expect(zoomOnAxes(zoom, { isLogX: false, isLogY: true })).toBeUndefined();
  expect(zoomOnAxes(above, { isLogX: true, isLogY: true })).toBe(above);
});
