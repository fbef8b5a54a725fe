import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { Contents } from '../contents.tsx';
import { phaseMapOf } from '../plots/heat-image.ts';
import { HeatMap } from '../plots/heat-map.tsx';
import { usePlotSettings } from '../plots/use-plot-settings.ts';
import { dimensionOf, overviewOf } from './array-slice.ts';
import type { ArrayLookProps } from './array-view.tsx';
import { partOf } from './complex-part.ts';
import { type ArrayNumbers, lengthOf, type Selection } from './nd-array.ts';
import { UnlessNan } from './unless-nan.tsx';
import { useArrayPart } from './use-array-part.ts';

/** Of each axis: a screen shows no more. */
const MOST = 1024;
/** An array of more values is not read whole, but in so many pieces. */
const LARGE = 8_000_000;
const PIECES = 256;

/** The numbers over two dimensions, as colours. */
export function ArrayHeatMap(props: ArrayLookProps) {
  const { id, array, parts } = props;
  const [xDimension, yDimension] = [dimensionOf(parts, 'x'), dimensionOf(parts, 'y')];
  const sizeOf = (dimension: number) => array.shape[dimension] ?? 0;
  const isLarge = sizeOf(xDimension) * sizeOf(yDimension) > LARGE;
  const slower = Math.min(xDimension, yDimension);
  const selection = parts.map((part, i) =>
    typeof part === 'number' ? part : overviewOf(sizeOf(i), isLarge && i === slower ? PIECES : MOST),
  );
  const query = useArrayPart(id, array, selection);
  return (
    <Contents query={query}>
      {({ numbers, selection: shown }) => <Plane {...props} numbers={numbers} selection={shown} />}
    </Contents>
  );
}

interface PlaneProps extends ArrayLookProps {
  readonly numbers: ArrayNumbers;
  readonly selection: Selection;
}

function Plane({ array, parts, part, plot, numbers, selection }: PlaneProps) {
  const { isLogY, zoom, setZoom } = usePlotSettings();
  const [xDimension, yDimension] = [dimensionOf(parts, 'x'), dimensionOf(parts, 'y')];
  const plane = useMemo(
    () => planeOf(partOf(numbers, part), selection, xDimension < yDimension),
    [numbers, part, selection, xDimension, yDimension],
  );
  const stepOf = (dimension: number) => {
    const along = selection[dimension];
    return typeof along === 'object' ? along.step : 1;
  };
  const isPhase = array.isComplex && part === 'Phase';
  const map = useMemo(
    () => (isPhase && !isLogY ? phaseMapOf(plane.values) : 'sequential'),
    [plane, isPhase, isLogY],
  );
  const steps = { x: stepOf(xDimension), y: stepOf(yDimension) };
  return (
    <UnlessNan values={plane.values}>
      {(steps.x > 1 || steps.y > 1) && (
        <Text size="xs" c="dimmed" px="sm" py={4} role="note">
          An overview: every {ordinal(steps.y)} row and every {ordinal(steps.x)} column is shown. A line has
          all values.
        </Text>
      )}
      <HeatMap
        ref={plot}
        name={array.isComplex ? `${part.toLowerCase()} of ${array.name}` : array.name}
        x={`index of dim ${xDimension}`}
        y={`index of dim ${yDimension}`}
        plane={plane}
        steps={steps}
        map={map}
        isLog={isLogY}
        zoom={zoom}
        onZoom={setZoom}
      />
    </UnlessNan>
  );
}

/** What was read runs along the later dimension; turned, its columns become rows. */
function planeOf(values: Float64Array, selection: Selection, isTurned: boolean) {
  const [first = 1, second = 1] = selection.flatMap((part) =>
    typeof part === 'object' ? [lengthOf(part)] : [],
  );
  if (!isTurned) return { values, rows: first, columns: second };
  const turned = values.map((_, i) => values[(i % first) * second + Math.floor(i / first)] as number);
  return { values: turned, rows: second, columns: first };
}

function ordinal(step: number): string {
  if (step === 1) return 'single';
  const ending = ['th', 'st', 'nd', 'rd'][step % 100 > 10 && step % 100 < 14 ? 0 : step % 10] ?? 'th';
  return `${step}${ending}`;
}
