import { parseUrl } from '../parse-url.ts';
import { Failure } from './failure.ts';
import type { PlainAnswer } from './failure-of-answer.ts';

/** The failure of an answer that sends callers elsewhere. */
export function redirected(answer: PlainAnswer): Failure {
  // Browsers say neither where to nor with which status.
  const location = answer.header('location');
  const target = (location && parseUrl(location, answer.url)?.href) || 'another address';
  return new Failure(
    'REDIRECTED',
    `${answer.url} sends callers to ${target}. ${adviceFor(answer.url, target)}`,
    { status: answer.status || undefined },
  );
}

function adviceFor(asked: string, target: string): string {
  // All that this library asks for begins with it, below the url of the API.
  const at = asked.lastIndexOf('/api/');
  const path = asked.slice(at);
  const base = target.slice(0, -path.length);
  if (at >= 0 && target === base + path && base !== asked.slice(0, at))
    return `Use ${base} as the url of the API.`;
  return (
    'If that is a login page, something in front of the server wants people to sign in: ask who administers it how ' +
    'programs get through. Else check that the url is right.'
  );
}
