import { noteSilence, untilReachable } from '../../session/reachability.ts';
import { holdPageAsking } from '../../session/unsaved.ts';
import { sendFile } from './send-file.ts';
import { sendPatiently } from './send-patiently.ts';
import { isOpen, UploadQueue } from './upload-queue.ts';

/**
 * So many are sent at once. Over HTTP/1.1 a browser opens six connections to a server, over all its windows, and each
 * window has up to two streams: slow uploads must leave some for what is asked for. Over HTTP/2 all share one; more are
 * no faster, and the server takes a few from everybody.
 */
const AT_ONCE = { perConnection: 1, multiplexed: 3 };

/** The uploads of this page. */
export const uploadQueue = new UploadQueue(
  sendPatiently(sendFile, (signal) => {
    noteSilence();
    return untilReachable(signal);
  }),
  isMultiplexed() ? AT_ONCE.multiplexed : AT_ONCE.perConnection,
);

// The bytes are in this page: with it they would go.
holdPageAsking(() => uploadQueue.snapshot().some(isOpen));

/** Whether this page came over HTTP/2 or later. */
function isMultiplexed(): boolean {
  const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return page !== undefined && ['h2', 'h3'].includes(page.nextHopProtocol);
}
