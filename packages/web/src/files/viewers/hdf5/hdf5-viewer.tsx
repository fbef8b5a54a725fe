import '@h5web/app/styles.css';
import { App, DataProvider, enableBigIntSerialization } from '@h5web/app';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { Notice } from '../../../ui/notice.tsx';
import { Contents } from '../contents.tsx';
import type { FileSource } from '../file-source.ts';
import type { ViewerProps } from '../registry.ts';
import { type Hdf5Kind, hdf5KindOf } from './hdf5-kind.ts';
import { Hdf5Provider } from './hdf5-provider.ts';
import { Hdf5Session } from './hdf5-session.ts';
import classes from './hdf5-viewer.module.css';
import { useH5webSettings } from './use-h5web-settings.ts';
import { useMendedRoles } from './use-mended-roles.ts';

// It shows attributes as JSON, which knows no whole numbers beyond 2⁵³.
enableBigIntSerialization();

/** HDF5 and NetCDF-4: the tree, and lines, heat maps and tables of its data, by h5web. */
export function Hdf5Viewer({ source }: ViewerProps) {
  const query = useQuery({
    queryKey: ['HDF5 kind', source.id, source.changed],
    queryFn: ({ signal }) => hdf5KindOf(source.location, signal),
    placeholderData: (before) => before,
  });
  return (
    <Contents query={query}>
      {(kind) => (kind === 'HDF5' ? <Explorer source={source} /> : <NotHdf5 kind={kind} />)}
    </Contents>
  );
}

function Explorer({ source }: { readonly source: FileSource }) {
  const session = useMemo(() => new Hdf5Session(source.location), [source]);
  useEffect(() => () => session.close(), [session]);
  const provider = useMemo(() => new Hdf5Provider(source.name, session), [source, session]);
  const place = useRef<HTMLDivElement>(null);
  useKeptFocus(place);
  useMendedRoles(place);
  const path = useH5webSettings(place);
  return (
    <div ref={place} className={classes.place}>
      <DataProvider api={provider}>
        <App initialPath={path} disableDarkMode />
      </DataProvider>
    </div>
  );
}

/** h5web takes the focus when it is there: whoever goes through the list by keys would lose their place. */
function useKeptFocus(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const entered = new AbortController();
    const enter = ({ type, key }: Event & { readonly key?: string }) => {
      if (type === 'pointerdown' || key === 'Tab') entered.abort();
    };
    const giveBack = ({ target, relatedTarget }: FocusEvent) => {
      if (relatedTarget instanceof HTMLElement) relatedTarget.focus({ preventScroll: true });
      else (target as HTMLElement).blur();
    };
    const { signal } = entered;
    addEventListener('keydown', enter, { capture: true, signal });
    addEventListener('pointerdown', enter, { capture: true, signal });
    place.current?.addEventListener('focusin', giveBack, { signal });
    return () => entered.abort();
  }, [place]);
}

function NotHdf5({ kind }: { readonly kind: Hdf5Kind }) {
  if (kind === 'NetCDF-3') {
    return (
      <Notice title="This is a NetCDF-3 file">
        Only NetCDF-4, which is HDF5, is shown here. To convert it: <code>nccopy -k nc4 old.nc new.nc</code>
      </Notice>
    );
  }
  return (
    <Notice title="This is no HDF5 file">
      It does not begin as one, whatever its name says. Download it to look at it elsewhere.
    </Notice>
  );
}
