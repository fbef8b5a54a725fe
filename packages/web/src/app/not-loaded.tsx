import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { noteSilence, untilReachable, useReachability } from '../session/reachability.ts';
import { isPageHeld } from '../session/unsaved.ts';
import { Notice } from '../ui/notice.tsx';

/** A page that was loaded anew less than this ago, and still lacks a part, will not get it by being loaded anew. */
const RELOAD_AGAIN_MS = 30_000;
const RELOADED_AT = 'aqueduct-reloaded-at';

/**
 * In the place of what could not be loaded. Browsers remember that a module failed, and an upgraded server has others:
 * only a new page gets them. That comes by itself when the server is there, unless something would be lost by it.
 */
export function NotLoaded() {
  const isReachable = useReachability();
  useEffect(() => {
    const leaving = new AbortController();
    noteSilence();
    void untilReachable(leaving.signal).then(() => {
      if (!leaving.signal.aborted && !isPageHeld()) reloadOnce();
    });
    return () => leaving.abort();
  }, []);
  return (
    <div role="alert">
      <Notice icon={IconPlugConnectedX} title="This part of the page could not be loaded">
        <p>
          {isReachable
            ? 'It comes when the page is loaded again. What is not saved here is lost by that.'
            : 'The server does not answer. When it does again, the page can be loaded again.'}
        </p>
        <Button variant="default" disabled={!isReachable} onClick={() => location.reload()}>
          Load the page again
        </Button>
      </Notice>
    </div>
  );
}

function reloadOnce(): void {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED_AT)) < RELOAD_AGAIN_MS) return;
  sessionStorage.setItem(RELOADED_AT, String(Date.now()));
  location.reload();
}
