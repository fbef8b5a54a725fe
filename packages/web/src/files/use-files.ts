import { type InvalidateOptions, type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { ask } from '../session/ask.ts';
import { isUnreachable } from '../session/is-unreachable.ts';
import { type FilesOfExperimentQuery, filesOfExperiment } from './generated/operations.ts';

/** A file that changes while it is looked at is shown anew within this time. */
const LOOK_AGAIN_MS = 2000;

/** A file of an experiment as the API lists it. */
export type ListedFile = NonNullable<FilesOfExperimentQuery['experiment']>['files'][number];

function filesKey(experimentUuid: string) {
  return ['experiment', experimentUuid, 'files'] as const;
}

function filesQuery(experimentUuid: string) {
  return queryOptions({
    queryKey: filesKey(experimentUuid),
    queryFn: ({ signal }) => readFiles(experimentUuid, signal),
  });
}

async function readFiles(experimentUuid: string, signal?: AbortSignal): Promise<readonly ListedFile[]> {
  const id = { type: 'UUID', value: experimentUuid } as const;
  return (await ask(filesOfExperiment, { id }, signal)).experiment?.files ?? [];
}

/** The files of an experiment, kept up to date while they are shown. */
export function useFiles(experimentUuid: string) {
  return useQuery({ ...filesQuery(experimentUuid), refetchInterval: LOOK_AGAIN_MS });
}

/** The names that are taken, read afresh; as they were read last while the server is away. */
export async function namesOfFiles(client: QueryClient, experimentUuid: string): Promise<Set<string>> {
  // Not by the reading for the list that is shown: that one may have begun too early, and ends when its page is left.
  const files = await readFiles(experimentUuid).catch((error: unknown) => {
    const known = isUnreachable(error) ? client.getQueryData(filesQuery(experimentUuid).queryKey) : undefined;
    if (!known) throw error;
    return known;
  });
  return new Set(files.map(({ name }) => name));
}

/** Lets the list of an experiment's files be read again; ends a reading under way unless `cancelRefetch` is false. */
export async function refreshFiles(
  client: QueryClient,
  experimentUuid: string,
  options: InvalidateOptions = {},
): Promise<void> {
  await client.invalidateQueries({ queryKey: filesKey(experimentUuid) }, options);
}
