import { type QueryClient, useQuery } from '@tanstack/react-query';
import { ask } from '../session/ask.ts';
import { type FilesOfExperimentQuery, filesOfExperiment } from './generated/operations.ts';

/** A file that changes while it is looked at is shown anew within this time. */
const LOOK_AGAIN_MS = 2000;

/** A file of an experiment as the API lists it. */
export type ListedFile = NonNullable<FilesOfExperimentQuery['experiment']>['files'][number];

function filesKey(experimentUuid: string) {
  return ['experiment', experimentUuid, 'files'] as const;
}

/** The files of an experiment, kept up to date while they are shown. */
export function useFiles(experimentUuid: string) {
  return useQuery({
    queryKey: filesKey(experimentUuid),
    queryFn: async ({ signal }): Promise<readonly ListedFile[]> => {
      const id = { type: 'UUID', value: experimentUuid } as const;
      return (await ask(filesOfExperiment, { id }, signal)).experiment?.files ?? [];
    },
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** Lets the list of an experiment's files be read again. */
export async function refreshFiles(client: QueryClient, experimentUuid: string): Promise<void> {
  await client.invalidateQueries({ queryKey: filesKey(experimentUuid) });
}
