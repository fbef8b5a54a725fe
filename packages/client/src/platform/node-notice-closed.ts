/**
 * Lets Node see which of the connections that it keeps were closed meanwhile: after a long calculation `fetch` would
 * send into one that is closed, and nobody could say whether the server has the request.
 *
 * Two turns of the event loop: the first may end, as a timer may, before the network is looked at.
 */
export async function noticeClosed(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
