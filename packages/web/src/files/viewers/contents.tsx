import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FailureNotice } from '../../session/failure-notice.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { NotShown } from './not-shown.ts';
import { UnfitText } from './unfit-text.ts';
import { useViewerSettings } from './use-viewer-settings.ts';

interface ContentsProps<Data> {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}

/** What a viewer shows of its file, or that it is still being read, or why it can't be. */
export function Contents<Data>({ query, children }: ContentsProps<Data>) {
  const { data, error, isPending, refetch } = query;
  if (isPending) return <Loading what="Loading the file" />;
  if (error instanceof UnfitText) return <Unfit error={error} />;
  if (error) return <NotThere error={error} retry={() => void refetch()} />;
  return children(data);
}

interface NotThereProps {
  readonly error: unknown;
  readonly retry: () => void;
}

/** Why a file is not shown. To try again is offered only where that can help. */
export function NotThere({ error, retry }: NotThereProps) {
  return (
    <FailureNotice what="show the file" error={error} retry={error instanceof NotShown ? undefined : retry} />
  );
}

function Unfit({ error: { title, detail } }: { readonly error: UnfitText }) {
  const [, change] = useViewerSettings();
  return (
    <Notice title={title}>
      {detail !== undefined && (
        <>
          <p>{detail}</p>
          <Button variant="default" onClick={() => change({ as: 'Source' })}>
            See it as text
          </Button>
        </>
      )}
    </Notice>
  );
}
