import { restPaths } from '@aqueduct/contract';
import type { PathAlias } from './config.ts';
import { AqueductConfigError } from './config-error.ts';

/** Addresses of ours, below which others lie. */
const OWN = [...Object.values(restPaths), '/api/docs', '/api/openapi.json', '/aqd', '/health', '/ready'];

/**
 * What the original's `API_PREFIX` and `FILES_ROUTE_PREFIX` add to the addresses of the contract.
 *
 * @throws {@link AqueductConfigError} where one of them would take the place of another address.
 */
export function pathAliases(apiPrefix: string, filesRoutePrefix: string): readonly PathAlias[] {
  const api = restPaths.files.slice(0, restPaths.files.lastIndexOf('/'));
  const aliases = [
    { from: apiPrefix + filesRoutePrefix, to: restPaths.files },
    { from: api + filesRoutePrefix, to: restPaths.files },
    { from: apiPrefix, to: api },
  ];
  const added = aliases.filter(({ from, to }) => from !== to && from !== restPaths.files);
  for (const { from } of added) {
    const taken = OWN.find((path) => path === from || path.startsWith(`${from}/`));
    if (taken === undefined) continue;
    throw new AqueductConfigError(
      `API_PREFIX and FILES_ROUTE_PREFIX must leave the other addresses alone, but with them ${from} would take the place of ${taken}.`,
    );
  }
  return added;
}
