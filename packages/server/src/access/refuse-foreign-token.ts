import { AqueductError } from '../platform/errors/aqueduct-error.ts';

/** Tokens of Aqueduct begin so; whatever else stands in `API_TOKEN` of a client's machine is not meant for us. */
const TOKEN_PREFIX = 'aqd_';

/** @throws AqueductError `UNAUTHORIZED` for a token that looks like ours: an installation without login gave none. */
export function refuseForeignToken(authorization: string | undefined): void {
  const token = /^bearer\s+(.*)$/i.exec(authorization ?? '')?.[1];
  if (token?.startsWith(TOKEN_PREFIX)) {
    throw new AqueductError('UNAUTHORIZED', 'This token is not known here. Leave it out, or make a new one.');
  }
}
