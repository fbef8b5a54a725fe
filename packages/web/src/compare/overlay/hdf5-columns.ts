import type { FileSource } from '../../files/viewers/file-source.ts';
import type { DatasetList } from '../../files/viewers/hdf5/hdf5-file.ts';
import { Hdf5Session } from '../../files/viewers/hdf5/hdf5-session.ts';
import { openHdf5Array } from '../../files/viewers/hdf5/open-hdf5-array.ts';
import { arrayColumns } from './array-columns.ts';
import type { Columns } from './columns.ts';

/** The curves in the datasets of an HDF5 file. Its worker is there only while it is read. */
export async function openHdf5Columns(source: FileSource, signal: AbortSignal): Promise<Columns> {
  const columnsOf = (session: Hdf5Session, { datasets, note }: DatasetList) =>
    arrayColumns(
      datasets.map((dataset) => openHdf5Array(session, dataset)),
      note,
    );
  const { found, ...columns } = await withSession(source, signal, async (session) => {
    const list = await session.call('datasets', [], signal);
    return { ...columnsOf(session, list), found: list };
  });
  return {
    ...columns,
    read: (wanted, ending) =>
      withSession(source, ending, (session) => columnsOf(session, found).read(wanted, ending)),
  };
}

async function withSession<Result>(
  source: FileSource,
  signal: AbortSignal,
  use: (session: Hdf5Session) => Promise<Result>,
): Promise<Result> {
  const session = new Hdf5Session(source.location);
  const close = () => session.close();
  signal.addEventListener('abort', close);
  try {
    return await use(session);
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}
