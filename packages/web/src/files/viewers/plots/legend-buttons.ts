import type uPlot from 'uplot';

/** Lets curves be hidden and shown by the keyboard, too: uPlot's legend knows the mouse only. */
export function makeLegendButtons({ root }: uPlot): void {
  root.querySelector('.u-legend')?.setAttribute('role', 'presentation');
  for (const entry of entriesOf(root)) {
    entry.role = 'button';
    entry.tabIndex = 0;
    // The whole of a name that is cut off; and without the colon behind it.
    entry.title = entry.textContent;
    entry.ariaLabel = entry.textContent;
    entry.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      entry.click();
    });
  }
}

/** Says of each entry whether its curve is shown. */
export function pressLegendButtons({ root, series }: uPlot): void {
  for (const [i, entry] of entriesOf(root).entries()) entry.ariaPressed = String(series[i + 1]?.show ?? true);
}

/** Those of curves; the first one is the x axis. */
function entriesOf(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('.u-legend .u-series:not(:first-child) th')];
}
