import { type CreateOptions, createOptions } from './api-options.ts';
import { checkText } from './check-arguments.ts';
import { checkOptions } from './check-options.ts';
import type { Connection } from './connection.ts';
import { RemoteOperationError } from './errors/errors.ts';
import { attempt } from './errors/failure.ts';
import { mayRunAllTheSame } from './errors/may-run-all-the-same.ts';
import { Experiment } from './experiment.ts';
import { createExperiment as create } from './generated/operations.ts';

export async function createExperiment(
  connection: Connection,
  title: string,
  description: string,
  options: CreateOptions,
): Promise<Experiment> {
  checkText('title', title);
  checkText('description', description);
  checkOptions('options', options, createOptions);
  const { tags = [], signal, idempotencyKey } = options;
  const input = { title, description, tags: [...tags] };
  const data = await attempt(RemoteOperationError, `create an experiment at ${connection.place}`, () =>
    connection.graphql(create, { input }, { signal, idempotencyKey }).catch(mayBeMade),
  );
  return new Experiment(connection, data.createExperiment);
}

function mayBeMade(error: unknown): never {
  mayRunAllTheSame(error, 'It may exist now: try again only with the same idempotencyKey.');
}
