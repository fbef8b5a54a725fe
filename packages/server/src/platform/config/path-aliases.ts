import { restPaths } from '@aqueduct/contract';
import type { PathAlias } from './config.ts';
import { AqueductConfigError } from './config-error.ts';

/** Addresses of ours, below which others lie. */
const OWN = [
  ...Object.values(restPaths),
  '/api/docs',
  '/api/openapi.json',
  '/aqd',
  '/assets',
  '/health',
  '/ready',
];

/** An address of ours, if there is one, that lies at this path or below it. */
export function ownAddressAt(path: string): string | undefined {
  return OWN.find((own) => own === path || own.startsWith(`${path}/`));
}

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
    const taken = ownAddressAt(from);
    if (taken === undefined) continue;
    throw new AqueductConfigError(
      `API_PREFIX and FILES_ROUTE_PREFIX must leave the other addresses alone, but with them ${from} would take the place of ${taken}.`,
    );
  }
  return added;
}
