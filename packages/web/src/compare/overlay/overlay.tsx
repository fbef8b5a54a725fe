import { Text } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import type { SavablePlot } from '../../files/viewers/plots/save-plot.tsx';
import { SeriesPlot } from '../../files/viewers/plots/series-plot.tsx';
import { usePlotSettings } from '../../files/viewers/plots/use-plot-settings.ts';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { eidsIn, eidsText } from '../compare-search.ts';
import { useCompareSearch } from '../use-compare-search.ts';
import type { Compared } from '../use-compared.ts';
import { CurveLegend } from './curve-legend.tsx';
import { type OfferedFile, offeredFiles } from './offered-files.ts';
import classes from './overlay.module.css';
import { OverlayBar } from './overlay-bar.tsx';
import { useCurves } from './use-curves.ts';

/** The curves in a file that several experiments have, in one plot. */
export function Overlay({ experiments }: { readonly experiments: readonly Compared[] }) {
  const { search } = useCompareSearch();
  const files = useMemo(() => offeredFiles(experiments), [experiments]);
  const file = files.find(({ name }) => name === search.file) ?? files[0];
  if (!file) {
    return (
      <Notice icon={IconChartLine} title="There are no curves">
        None of these experiments has a CSV, TSV, NumPy, HDF5 or NetCDF file.
      </Notice>
    );
  }
  return <CurvesOfFile experiments={experiments} files={files} file={file} />;
}

interface CurvesOfFileProps {
  readonly experiments: readonly Compared[];
  readonly files: readonly OfferedFile[];
  readonly file: OfferedFile;
}

function CurvesOfFile({ experiments, files, file }: CurvesOfFileProps) {
  const plot = useRef<SavablePlot>(null);
  const { search, change } = useCompareSearch();
  const { settings } = usePlotSettings();
  const curves = useCurves(experiments, file, settings);
  const { drawn, notes, isReading } = curves;
  const { x, y, series } = drawn;
  const hidden = eidsIn(search.hidden);
  const toggle = (eid: string) =>
    change({
      hidden: eidsText(hidden.includes(eid) ? hidden.filter((one) => one !== eid) : [...hidden, eid]),
    });
  const hiddenKey = hidden.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text says which are hidden.
  const shown = useMemo(
    () => series.map((one) => ({ ...one, isHidden: hidden.includes(one.name) })),
    [series, hiddenKey],
  );
  return (
    <>
      <OverlayBar files={files} file={file} curves={curves} count={experiments.length} plot={plot} />
      <CurveLegend experiments={experiments} series={shown} onToggle={toggle} />
      {series.length > 0 ? (
        <div className={classes.plot}>
          <SeriesPlot ref={plot} x={x} {...(y === undefined ? {} : { y })} series={shown} onToggle={toggle} />
        </div>
      ) : isReading ? (
        <Loading what="Reading the curves" />
      ) : (
        <Notice icon={IconChartLine} title="No curve can be drawn">
          {curves.names.size === 0 && 'There are no columns of numbers in it that make a curve.'}
        </Notice>
      )}
      {notes.length > 0 && (
        <Text component="ul" size="sm" className={classes.notes} role="note">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </Text>
      )}
    </>
  );
}
