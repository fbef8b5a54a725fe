/** What is looked at of most answers. */
interface Experiments {
  readonly experiments?: {
    readonly experimentsData: readonly unknown[];
    readonly totalExperimentsCount: number;
  };
  readonly createExperiment?: { readonly uuid: string };
}

interface GraphqlAnswer<Data> {
  readonly data: Data | null;
}

/** Sends one request of GraphQL and reads the whole answer: what is measured next must also be right. */
export async function ask<Data = Experiments>(
  port: number,
  body: string,
): Promise<GraphqlAnswer<Data> & { readonly bytes: number }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`http://127.0.0.1:${port}/api/graphql`, { method: 'POST', headers, body });
  const text = await answer.text();
  const parsed = JSON.parse(text) as GraphqlAnswer<Data>;
  if (!parsed.data) throw new Error(`The server answered ${answer.status}:\n${text}`);
  return { ...parsed, bytes: Buffer.byteLength(text) };
}

/** Makes an experiment; gives its UUID. */
export async function createExperiment(port: number, body: string): Promise<string> {
  const { data } = await ask(port, body);
  if (!data?.createExperiment) throw new Error('No experiment was made.');
  return data.createExperiment.uuid;
}
