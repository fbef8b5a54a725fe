import { AqueductError } from '../platform/errors/aqueduct-error.ts';
import { parseUuid } from '../platform/uuid.ts';

/**
 * The UUID of an experiment, in its canonical form.
 *
 * @param place - Where the text stands in the request.
 * @throws AqueductError `INVALID_BODY`, as the original's framework words it: a list of what is wrong.
 */
export function requireUuid(text: string, place: readonly string[] = ['path', 'experiment_uuid']): string {
  const uuid = parseUuid(text);
  if (uuid !== undefined) return uuid;
  const input = text.slice(0, 80);
  const message = `Input should be a valid UUID: "${input}" is none`;
  throw new AqueductError('INVALID_BODY', message, {
    details: [{ type: 'uuid_parsing', loc: place, msg: message, input }],
  });
}
