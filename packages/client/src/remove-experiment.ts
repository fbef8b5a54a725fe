import { checkFilledText } from './check-arguments.ts';
import { checkOptions } from './check-options.ts';
import type { Connection } from './connection.ts';
import { RemoteOperationError } from './errors/errors.ts';
import { attempt } from './errors/failure.ts';
import { removeExperiment } from './generated/operations.ts';
import { identifyExperiment } from './get-experiment.ts';
import { type RequestOptions, requestOptions } from './progress.ts';

export async function removeExperimentByEid(
  connection: Connection,
  eid: string,
  options: RequestOptions,
): Promise<void> {
  checkFilledText('eid', eid);
  checkOptions('options', options, requestOptions);
  await attempt(RemoteOperationError, `remove experiment ${eid} at ${connection.place}`, async () => {
    const { uuid } = await identifyExperiment(connection, 'EID', eid, options);
    await connection.graphql(removeExperiment, { uuid }, options);
  });
}
