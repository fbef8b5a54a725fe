import { expect } from 'vitest';

/** What would tell of the inside: codes of systems, names of folders. */
const INSIDE = /EIO|ENOSPC|EROFS|EFBIG|EMFILE|ECONN|SQLITE|\/tmp|\.ts|\.js/;

/** The statuses with which a server may say that it can't store anything now. */
const REFUSALS: Readonly<Record<number, string>> = { 503: 'UNAVAILABLE', 507: 'DISK_FULL' };

/** An answer that refuses in clear words, by REST or GraphQL. */
export async function expectRefused(answer: Response, status: number): Promise<void> {
  expectRefusal(answer.status, await answer.text());
  expect(answer.status).toBe(status);
  expect(answer.headers.get('retry-after') !== null).toBe(status === 503);
}

/** The same of what was noted of an answer. */
export function expectRefusal(status: number, text: string): void {
  expect(Object.keys(REFUSALS), text).toContain(String(status));
  const { code, errors } = JSON.parse(text) as {
    code?: string;
    errors?: { extensions: { code: string } }[];
  };
  expect(code ?? errors?.[0]?.extensions.code, text).toBe(REFUSALS[status]);
  expect(text).not.toMatch(INSIDE);
}

/** Asks for a new experiment, whatever comes of it. */
export function askToCreate(base: string, title = 'x'): Promise<Response> {
  return fetch(`${base}/api/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query:
        'mutation ($i: ExperimentCreateInput!) { createExperiment(createExperimentInput: $i) { uuid eid } }',
      variables: { i: { title, description: '', tags: [] } },
    }),
  });
}
