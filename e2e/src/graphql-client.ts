/** What a GraphQL call answered. */
export interface GraphqlReply<T> {
  readonly status: number;
  readonly data: T | null;
  readonly errors?: readonly { message: string; extensions?: { code?: string } }[];
}

/** Sends a query as the Python client does. */
export async function graphql<T>(
  base: string,
  query: string,
  variables: object = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<GraphqlReply<T>> {
  const answer = await fetch(`${base}/api/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: answer.status, ...((await answer.json()) as Omit<GraphqlReply<T>, 'status'>) };
}

interface Created {
  uuid: string;
  eid: string;
}

/** Makes an experiment, or throws with what the server said. */
export async function create(base: string, title: string, tags: readonly string[] = []): Promise<Created> {
  const { data, errors } = await graphql<{ createExperiment: Created }>(
    base,
    'mutation ($i: ExperimentCreateInput!) { createExperiment(createExperimentInput: $i) { uuid eid } }',
    { i: { title, description: '', tags } },
  );
  if (!data) throw new Error(JSON.stringify(errors));
  return data.createExperiment;
}

/** Uploads a file. */
export async function upload(
  base: string,
  uuid: string,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const form = new FormData();
  form.append('file', new Blob([bytes]), 'x');
  return fetch(`${base}/api/files/${uuid}`, {
    method: 'POST',
    headers: { 'x-file-name': encodeURIComponent(name) },
    body: form,
  });
}
