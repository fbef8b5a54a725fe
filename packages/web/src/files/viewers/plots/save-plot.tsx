import { Button, Menu, useComputedColorScheme } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { saveBlob } from '../../../ui/save-blob.ts';
import { tellFailure } from '../../../ui/tell.ts';
import type { Scheme } from './plot-look.ts';

/** A plot that can be drawn once more, as a picture. */
export interface SavablePlot {
  /** The picture as SVG; undefined while there is none. */
  svg(scheme: Scheme): string | undefined;
}

interface SavePlotProps {
  readonly plot: RefObject<SavablePlot | null>;
  /** Of the file, without an ending. */
  readonly name: string;
}

/** Pixels of a PNG for each of the page, so that it can be printed. */
const FINER = 2;

/** Saves what a plot shows, as PNG or SVG. */
export function SavePlot({ plot, name }: SavePlotProps) {
  const scheme = useComputedColorScheme();
  const save = async (ending: 'png' | 'svg') => {
    try {
      const svg = plot.current?.svg(scheme);
      if (svg === undefined) return;
      const picture = new Blob([svg], { type: 'image/svg+xml' });
      saveBlob(ending === 'svg' ? picture : await pngOf(picture), `${name}.${ending}`);
    } catch (error) {
      tellFailure('Could not save the plot', String(error));
    }
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="subtle" size="compact-xs" leftSection={<IconDownload size={14} />}>
          Save plot
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save('png')}>As PNG</Menu.Item>
        <Menu.Item onClick={() => void save('svg')}>As SVG</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

async function pngOf(svg: Blob): Promise<Blob> {
  const address = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = FINER * image.width;
    canvas.height = FINER * image.height;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (png) => (png ? resolve(png) : reject(new Error('The picture is too large.'))),
        'image/png',
      ),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
