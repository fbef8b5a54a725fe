import { colourOf, dashOf } from '../../files/viewers/plots/plot-look.ts';
import type { PlotSeries } from '../../files/viewers/plots/plot-series.ts';
import { useInkScheme } from '../../files/viewers/plots/use-ink-scheme.ts';
import type { Compared } from '../use-compared.ts';
import classes from './overlay.module.css';

interface CurveLegendProps {
  readonly experiments: readonly Compared[];
  readonly series: readonly PlotSeries[];
  readonly onToggle: (eid: string) => void;
}

/** Which curve is whose; each can be taken out of the plot. */
export function CurveLegend({ experiments, series, onToggle }: CurveLegendProps) {
  return (
    <ul className={classes.legend} aria-label="Curves">
      {series.map(({ name, style = 0, isHidden = false }) => (
        <li key={name}>
          <button
            type="button"
            className={classes.curve}
            aria-pressed={!isHidden}
            title={`${experiments.find(({ eid }) => eid === name)?.title}\n${isHidden ? 'Show' : 'Hide'} its curve`}
            onClick={() => onToggle(name)}
          >
            <Sample style={style} />
            <span className={classes.eid}>{name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Sample({ style }: { readonly style: number }) {
  const scheme = useInkScheme();
  return (
    <svg width="24" height="10" aria-hidden="true" className={classes.sample}>
      <line
        x2="24"
        y1="5"
        y2="5"
        stroke={colourOf(scheme, style)}
        strokeWidth="3"
        strokeDasharray={dashOf(style).join(' ')}
      />
    </svg>
  );
}
