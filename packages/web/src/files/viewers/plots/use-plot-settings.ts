import { useMemo } from 'react';
import { useViewerSettings } from '../use-viewer-settings.ts';
import { MARKS, type Marks } from './marks.ts';
import { type PlotZoom, parseZoom, zoomText } from './plot-zoom.ts';

/** What the plots of viewers have in common, from the address and into it. */
export function usePlotSettings() {
  const [settings, change] = useViewerSettings();
  const { log = '', marks, zoom } = settings;
  const isLogX = log.includes('x');
  const isLogY = log.includes('y');
  const logOf = (x: boolean, y: boolean) => `${x ? 'x' : ''}${y ? 'y' : ''}` || undefined;
  return {
    settings,
    /** What is drawn becomes another: the zoom into what was there goes. */
    change: (changes: Parameters<typeof change>[0]) => change({ zoom: undefined, ...changes }),
    marks: MARKS.find((known) => known === marks) ?? MARKS[0],
    isLogX,
    isLogY,
    zoom: useMemo(() => parseZoom(zoom), [zoom]),
    setMarks: (next: Marks) => change({ marks: next === MARKS[0] ? undefined : next }),
    toggleLogX: () => change({ log: logOf(!isLogX, isLogY), zoom: undefined }),
    toggleLogY: () => change({ log: logOf(isLogX, !isLogY), zoom: undefined }),
    setZoom: (next: PlotZoom | undefined) => change({ zoom: next && zoomText(next) }),
  };
}
