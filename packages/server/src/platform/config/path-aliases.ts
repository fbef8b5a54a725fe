import { restPaths } from '@aqueduct/contract';
import type { PathAlias } from './config.ts';

/** What the original's `API_PREFIX` and `FILES_ROUTE_PREFIX` add to the addresses of the contract. */
export function pathAliases(apiPrefix: string, filesRoutePrefix: string): readonly PathAlias[] {
  const api = restPaths.files.slice(0, restPaths.files.lastIndexOf('/'));
  const aliases = [
    { from: apiPrefix + filesRoutePrefix, to: restPaths.files },
    { from: api + filesRoutePrefix, to: restPaths.files },
    { from: apiPrefix, to: api },
  ];
  return aliases.filter(({ from, to }) => from !== to && from !== restPaths.files);
}
