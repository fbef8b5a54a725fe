import { NumberInput, Text } from '@mantine/core';
import { useMemo } from 'react';
import { Contents } from '../contents.tsx';
import { SeriesPlot } from '../plots/series-plot.tsx';
import { usePlotSettings } from '../plots/use-plot-settings.ts';
import viewer from '../viewer.module.css';
import { dimensionOf, sliceText, windowOf } from './array-slice.ts';
import type { ArrayLookProps } from './array-view.tsx';
import { partOf } from './complex-part.ts';
import { type ArrayNumbers, lengthOf, type Stretch } from './nd-array.ts';
import { UnlessNan } from './unless-nan.tsx';
import { useArrayPart } from './use-array-part.ts';

/** Points of a line that are read at once. */
const MOST = 4_000_000;

/** The numbers along one dimension. */
export function ArrayLine(props: ArrayLookProps) {
  const { id, array, parts } = props;
  const dimension = dimensionOf(parts, 'x');
  const size = array.shape[dimension] ?? 0;
  const selection = parts.map((part, i) =>
    typeof part === 'number' ? part : windowOf(array.shape[i] ?? 0, part.from, MOST),
  );
  const query = useArrayPart(id, array, selection);
  return (
    <>
      {size > MOST && <LongLine {...props} size={size} />}
      <Contents query={query}>
        {({ numbers, selection: shown }) => <Line {...props} numbers={numbers} along={shown[dimension]} />}
      </Contents>
    </>
  );
}

interface LineProps extends ArrayLookProps {
  readonly numbers: ArrayNumbers;
  readonly along: number | Stretch | undefined;
}

function Line({ array, part, parts, plot, numbers, along }: LineProps) {
  const name = array.isComplex ? `${part.toLowerCase()} of ${array.name}` : array.name;
  const start = typeof along === 'object' ? along.start : 0;
  const length = typeof along === 'object' ? lengthOf(along) : 0;
  const y = useMemo(() => partOf(numbers, part), [numbers, part]);
  const series = useMemo(
    () => [{ name, x: Float64Array.from({ length }, (_, i) => start + i), y }],
    [name, start, length, y],
  );
  const x = array.shape.length > 1 ? `index of dim ${dimensionOf(parts, 'x')}` : 'index';
  return (
    <UnlessNan values={y}>
      <SeriesPlot ref={plot} x={x} series={series} />
    </UnlessNan>
  );
}

function LongLine({ parts, size }: ArrayLookProps & { readonly size: number }) {
  const { change } = usePlotSettings();
  const from = parts.find((part) => typeof part === 'object')?.from ?? 0;
  const setFrom = (value: number) =>
    change({
      slice: sliceText(parts.map((part) => (typeof part === 'object' ? { ...part, from: value } : part))),
    });
  return (
    <div className={viewer.bar}>
      <NumberInput
        size="xs"
        w={170}
        aria-label="First index shown"
        prefix="from "
        value={from}
        min={0}
        max={size - 1}
        step={MOST}
        allowDecimal={false}
        clampBehavior="strict"
        onChange={(value) => setFrom(Number(value) || 0)}
      />
      <Text size="xs" c="dimmed" role="note">
        {MOST.toLocaleString()} of {size.toLocaleString()} values are shown at once.
      </Text>
    </div>
  );
}
