import type { Connection } from '../connection.ts';
import { Failure } from '../errors/failure.ts';
import type { Operation } from '../operation.ts';
import type { RequestOptions } from '../progress.ts';

/** Asks for a task, or for a part of it. It is a Failure if there is none. */
export async function readTask<Data, Variables extends { uuid: string }>(
  connection: Connection,
  operation: Operation<{ task: Data | null }, Variables>,
  variables: Variables,
  { signal }: RequestOptions,
): Promise<Data> {
  const { task } = await connection.graphql(operation, variables, { signal });
  if (task === null) throw new Failure('NOT_FOUND', 'There is no such task.');
  return task;
}
