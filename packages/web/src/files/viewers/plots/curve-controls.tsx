import { Button, Checkbox } from '@mantine/core';
import type { RefObject } from 'react';
import { MarksSelect } from './marks-select.tsx';
import { type SavablePlot, SavePlot } from './save-plot.tsx';
import { usePlotSettings } from './use-plot-settings.ts';

interface CurveControlsProps {
  readonly plot: RefObject<SavablePlot | null>;
  /** Of a picture that is saved, without an ending. */
  readonly name: string;
}

/** How curves are drawn, whatever they are of. */
export function CurveControls({ plot, name }: CurveControlsProps) {
  const { marks, isLogX, isLogY, ...set } = usePlotSettings();
  return (
    <>
      <MarksSelect marks={marks} onChange={set.setMarks} />
      <Checkbox label="log x" checked={isLogX} onChange={set.toggleLogX} />
      <Checkbox label="log y" checked={isLogY} onChange={set.toggleLogY} />
      <Button variant="subtle" size="compact-xs" onClick={() => set.setZoom(undefined)}>
        Show all
      </Button>
      <SavePlot plot={plot} name={name} />
    </>
  );
}
