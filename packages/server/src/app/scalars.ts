import { GraphQLError, GraphQLScalarType, Kind, print, type ValueNode } from 'graphql';
import { formatDateTime, parseDateTime } from '../platform/date-time.ts';
import { parseUuid } from '../platform/uuid.ts';

/** Makes a scalar that travels as text. */
function textScalar<T>(
  name: string,
  parse: (text: string) => T | undefined,
  write: (value: unknown) => string,
  hint: string,
) {
  const parseText = (value: unknown, written = JSON.stringify(value)): T => {
    const parsed = typeof value === 'string' ? parse(value) : undefined;
    if (parsed === undefined) {
      throw new GraphQLError(`Value cannot represent a ${name}: ${written?.slice(0, 80)}. ${hint}`);
    }
    return parsed;
  };
  return new GraphQLScalarType<T, string>({
    name,
    serialize: write,
    parseValue: (value) => parseText(value),
    parseLiteral: (node: ValueNode) =>
      node.kind === Kind.STRING ? parseText(node.value) : parseText(undefined, print(node)),
  });
}

export const scalars = {
  UUID: textScalar('UUID', parseUuid, String, 'badly formed hexadecimal UUID string'),
  /** Inside, moments are microseconds since 1970. */
  DateTime: textScalar(
    'DateTime',
    parseDateTime,
    (value) => formatDateTime(value as number),
    'Give an ISO 8601 text such as 2024-11-22T13:37:00+01:00.',
  ),
  Void: new GraphQLScalarType({ name: 'Void', serialize: () => null }),
};
