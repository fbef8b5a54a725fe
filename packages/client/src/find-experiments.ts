import { checkOptions } from './check-options.ts';
import type { Connection } from './connection.ts';
import { RemoteOperationError } from './errors/errors.ts';
import { attempt } from './errors/failure.ts';
import { Experiment } from './experiment.ts';
import { type AllOptions, allOptions, type FindOptions, filtersOf, findOptions } from './find-options.ts';
import {
  type ExperimentFiltersInput,
  type ExperimentsAfterQuery,
  experimentsAfter,
  findExperiments as find,
} from './generated/operations.ts';

const DEFAULT_PAGE_SIZE = 100;

export async function findExperiments(connection: Connection, options: FindOptions): Promise<Experiment[]> {
  checkOptions('options', options, findOptions);
  const { limit = 10, offset = 0, signal } = options;
  const filters = filtersOf(options);
  const data = await attempt(RemoteOperationError, `find experiments at ${connection.place}`, () =>
    connection.graphql(find, { limit, offset, filters }, { signal }),
  );
  return data.experiments.experimentsData.map((identity) => new Experiment(connection, identity));
}

/** Checks the options at once, not only when the first experiment is asked for. */
export function allExperiments(
  connection: Connection,
  options: AllOptions,
): AsyncGenerator<Experiment, void, undefined> {
  checkOptions('options', options, allOptions);
  const { pageSize = DEFAULT_PAGE_SIZE, signal } = options;
  return pages(connection, pageSize, filtersOf(options), signal);
}

async function* pages(
  connection: Connection,
  limit: number,
  filters: ExperimentFiltersInput,
  signal: AbortSignal | undefined,
) {
  let after: string | null = null;
  do {
    const variables = { limit, filters, after };
    const page: ExperimentsAfterQuery = await attempt(
      RemoteOperationError,
      `list experiments at ${connection.place}`,
      () => connection.graphql(experimentsAfter, variables, { signal }),
    );
    const { experimentsData, endCursor } = page.experiments;
    for (const identity of experimentsData) {
      yield new Experiment(connection, identity);
      signal?.throwIfAborted();
    }
    after = endCursor;
  } while (after !== null);
}
