/** What is looked at of an answer. */
interface GraphqlAnswer {
  readonly data: {
    readonly experiments?: {
      readonly experimentsData: readonly unknown[];
      readonly totalExperimentsCount: number;
    };
    readonly createExperiment?: { readonly uuid: string };
  } | null;
}

/** Sends one request of GraphQL and reads the whole answer: what is measured next must also be right. */
export async function ask(port: number, body: string): Promise<GraphqlAnswer & { readonly bytes: number }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`http://127.0.0.1:${port}/api/graphql`, { method: 'POST', headers, body });
  const text = await answer.text();
  const parsed = JSON.parse(text) as GraphqlAnswer;
  if (!parsed.data) throw new Error(`The server answered ${answer.status}:\n${text}`);
  return { ...parsed, bytes: Buffer.byteLength(text) };
}

/** Makes an experiment; gives its UUID. */
export async function createExperiment(port: number, body: string): Promise<string> {
  const { data } = await ask(port, body);
  if (!data?.createExperiment) throw new Error('No experiment was made.');
  return data.createExperiment.uuid;
}
