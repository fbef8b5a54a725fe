import { checkFilledText, checkUuid } from './check-arguments.ts';
import { checkOptions } from './check-options.ts';
import type { Connection } from './connection.ts';
import { RemoteOperationError } from './errors/errors.ts';
import { attempt, Failure } from './errors/failure.ts';
import { Experiment } from './experiment.ts';
import {
  type ExperimentIdentityFragment,
  type IdType,
  identifyExperiment as identify,
} from './generated/operations.ts';
import { type RequestOptions, requestOptions } from './progress.ts';

export async function getExperiment(
  connection: Connection,
  type: IdType,
  value: string,
  options: RequestOptions,
): Promise<Experiment> {
  if (type === 'EID') checkFilledText('eid', value);
  else checkUuid('uuid', value);
  checkOptions('options', options, requestOptions);
  const identity = await attempt(RemoteOperationError, `get experiment ${value} at ${connection.place}`, () =>
    identifyExperiment(connection, type, value, options),
  );
  return new Experiment(connection, identity);
}

/** What identifies an experiment, by one of its two names. It is a Failure if there is none. */
export async function identifyExperiment(
  connection: Connection,
  type: IdType,
  value: string,
  { signal }: RequestOptions,
): Promise<ExperimentIdentityFragment> {
  const { experiment } = await connection.graphql(identify, { type, value }, { signal });
  if (experiment === null) throw new Failure('NOT_FOUND', 'There is no such experiment.');
  return experiment;
}
