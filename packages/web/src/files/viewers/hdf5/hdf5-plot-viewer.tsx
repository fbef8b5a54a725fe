import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { Notice } from '../../../ui/notice.tsx';
import { ChosenArray } from '../arrays/chosen-array.tsx';
import { Contents } from '../contents.tsx';
import type { ViewerProps } from '../registry.ts';
import { Hdf5Session } from './hdf5-session.ts';
import { openHdf5Array } from './open-hdf5-array.ts';

/** The datasets of numbers of an HDF5 file as plots that can be saved, with all their settings in the address. */
export function Hdf5PlotViewer({ source }: ViewerProps) {
  const session = useMemo(() => new Hdf5Session(source.location), [source]);
  useEffect(() => () => session.close(), [session]);
  const query = useQuery({
    queryKey: ['HDF5 datasets', source.id, source.changed],
    // Which version they are of stays with them: for a while they are shown in the place of the next one's.
    queryFn: async ({ signal }) => ({
      id: `${source.id} ${source.changed}`,
      ...(await session.call('datasets', [], signal)),
    }),
    placeholderData: (before) => before,
  });
  return (
    <Contents query={query}>
      {({ id, datasets, note }) =>
        datasets.length === 0 ? (
          <Notice title="There are no numbers to plot">
            No dataset of this file is an array of numbers. {note}
          </Notice>
        ) : (
          <ChosenArray
            id={id}
            note={note}
            names={datasets.map(({ path }) => path)}
            open={async (name) => {
              const dataset = datasets.find(({ path }) => path === name);
              if (!dataset) throw new Error(`There is no dataset “${name}”.`);
              return openHdf5Array(session, dataset);
            }}
          />
        )
      }
    </Contents>
  );
}
