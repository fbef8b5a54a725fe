import type { CreateOptions } from './api-options.ts';
import { checkText, checkTexts } from './check-arguments.ts';
import type { Connection } from './connection.ts';
import { RemoteOperationError } from './errors/errors.ts';
import { attempt } from './errors/failure.ts';
import { Experiment } from './experiment.ts';
import { createExperiment as create } from './generated/operations.ts';

export async function createExperiment(
  connection: Connection,
  title: string,
  description: string,
  options: CreateOptions,
): Promise<Experiment> {
  const { tags = [], signal, idempotencyKey } = options;
  checkText('title', title);
  checkText('description', description);
  checkTexts('tags', tags);
  const input = { title, description, tags: [...tags] };
  const data = await attempt(RemoteOperationError, `create an experiment at ${connection.place}`, () =>
    connection.graphql(create, { input }, { signal, idempotencyKey }),
  );
  return new Experiment(connection, data.createExperiment);
}
