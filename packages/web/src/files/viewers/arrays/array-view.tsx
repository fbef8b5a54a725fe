import { Button, Checkbox, SegmentedControl, Select, Text } from '@mantine/core';
import { type RefObject, useRef } from 'react';
import { Notice } from '../../../ui/notice.tsx';
import { MarksSelect } from '../plots/marks-select.tsx';
import { type SavablePlot, SavePlot } from '../plots/save-plot.tsx';
import { usePlotSettings } from '../plots/use-plot-settings.ts';
import viewer from '../viewer.module.css';
import { ArrayHeatMap } from './array-heat-map.tsx';
import { ArrayLine } from './array-line.tsx';
import { parseSlice, type SlicePart, sliceText } from './array-slice.ts';
import { ArrayTable } from './array-table.tsx';
import { COMPLEX_PARTS, type ComplexPart } from './complex-part.ts';
import type { NdArray } from './nd-array.ts';
import { SliceControls } from './slice-controls.tsx';

const LOOKS = ['Line', 'Heat map', 'Table'] as const;

interface ArrayViewProps {
  /** Tells arrays and their versions apart. */
  readonly id: string;
  readonly array: NdArray;
}

/** What the ways of drawing an array get. */
export interface ArrayLookProps extends ArrayViewProps {
  readonly parts: readonly SlicePart[];
  readonly part: ComplexPart;
  readonly plot: RefObject<SavablePlot | null>;
}

/** An array of numbers: as a line, as a heat map, and as a table; of complex ones the magnitude, the phase and the parts. */
export function ArrayView({ id, array }: ArrayViewProps) {
  const plot = useRef<SavablePlot>(null);
  const { settings, change, marks, isLogX, isLogY, ...set } = usePlotSettings();
  const { shape } = array;
  const isPlane = shape.length > 1;
  const looks = LOOKS.filter((look) => isPlane || look !== 'Heat map');
  const look = looks.find((known) => known === settings.look) ?? (isPlane ? 'Heat map' : 'Line');
  const part = COMPLEX_PARTS.find((known) => known === settings.part) ?? COMPLEX_PARTS[0];
  const axes = isPlane && look !== 'Line' ? (['y', 'x'] as const) : (['x'] as const);
  const parts = parseSlice(settings.slice, shape, shape.length === 0 ? [] : axes);
  const props = { id, array, parts, part, plot };
  return (
    <>
      <div className={viewer.bar}>
        <SegmentedControl
          size="xs"
          aria-label="Draw as"
          value={look}
          onChange={(value) => change({ look: value, slice: undefined, log: undefined })}
          data={looks}
        />
        {array.isComplex && look !== 'Table' && (
          <Select
            size="xs"
            w={110}
            aria-label="Part of the complex numbers"
            data={[...COMPLEX_PARTS]}
            value={part}
            onChange={(value) => change({ part: value ?? undefined })}
            allowDeselect={false}
          />
        )}
        {look === 'Line' && (
          <>
            <MarksSelect marks={marks} onChange={set.setMarks} />
            <Checkbox label="log x" checked={isLogX} onChange={set.toggleLogX} />
          </>
        )}
        {look !== 'Table' && (
          <>
            <Checkbox
              label={look === 'Line' ? 'log y' : 'log colours'}
              checked={isLogY}
              onChange={set.toggleLogY}
            />
            <Button variant="subtle" size="compact-xs" onClick={() => set.setZoom(undefined)}>
              Show all
            </Button>
            <SavePlot plot={plot} name={array.name.replaceAll('/', '_').replace(/^_/, '')} />
          </>
        )}
        <Text size="xs" c="dimmed" role="status">
          {array.type}, {shape.join(' × ') || 'one value'}
        </Text>
      </div>
      <SliceControls shape={shape} parts={parts} onChange={(next) => change({ slice: sliceText(next) })} />
      {shape.includes(0) ? (
        <Notice title="There are no values yet">One of its dimensions has no index.</Notice>
      ) : look === 'Table' || shape.length === 0 ? (
        <ArrayTable {...props} />
      ) : look === 'Line' ? (
        <ArrayLine {...props} />
      ) : (
        <ArrayHeatMap {...props} />
      )}
    </>
  );
}
