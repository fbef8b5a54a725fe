type Message = { readonly question: string } | { readonly answer: string };

/** Here the pages of a browser ask each other what they send. */
const channel = new BroadcastChannel('aqueduct files being sent');
/** A busy page answers late; one that has ended, however it did, never. */
const ANSWERED_WITHIN_MS = 1500;

const sent = new Set<string>();

channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  if ('question' in data && sent.has(data.question)) say({ answer: data.question });
});

/** Runs the sending of a file, while all pages of this browser know that it is being sent. */
export async function whileSending<T>(
  experimentUuid: string,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const key = keyOf(experimentUuid, name);
  sent.add(key);
  try {
    return await work();
  } finally {
    sent.delete(key);
  }
}

/** Whether this page or another one of this browser sends a file of this name to the experiment just now. */
export async function isBeingSent(experimentUuid: string, name: string): Promise<boolean> {
  const key = keyOf(experimentUuid, name);
  if (sent.has(key)) return true;
  const listening = new AbortController();
  const isAnswered = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), ANSWERED_WITHIN_MS);
    const hear = ({ data }: MessageEvent<Message>) => {
      if ('answer' in data && data.answer === key) resolve(true);
    };
    channel.addEventListener('message', hear, listening);
  });
  say({ question: key });
  return isAnswered.finally(() => listening.abort());
}

function say(message: Message): void {
  channel.postMessage(message);
}

function keyOf(experimentUuid: string, name: string): string {
  return JSON.stringify([experimentUuid, name]);
}
