import { schemaText } from '@aqueduct/contract';
import {
  buildSchema,
  type GraphQLFieldResolver,
  GraphQLScalarType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import { charged, isCharged } from './answer-costs.ts';

// The arguments differ from field to field; the schema has checked them.
// biome-ignore lint/suspicious/noExplicitAny: no other type takes resolvers of all kinds.
type Resolver = GraphQLFieldResolver<any, any, any, any>;

/** What a room answers: by the name of a type, functions by the names of its fields, or a scalar. */
export type Resolvers = Readonly<
  Record<string, GraphQLScalarType | Readonly<Record<string, Resolver | { readonly subscribe: Resolver }>>>
>;

/** The contract's schema with the resolvers of the rooms in it; those of objects take from the budget of the answer. */
export function schemaOf(rooms: readonly Resolvers[]): GraphQLSchema {
  const schema = buildSchema(schemaText);
  for (const [typeName, resolvers] of rooms.flatMap((room) => Object.entries(room))) {
    const type = schema.getType(typeName);
    if (resolvers instanceof GraphQLScalarType) {
      const { serialize, parseValue, parseLiteral } = resolvers;
      Object.assign(type ?? {}, { serialize, parseValue, parseLiteral });
      continue;
    }
    const fields = isObjectType(type) ? type.getFields() : {};
    for (const [fieldName, resolver] of Object.entries(resolvers)) {
      const field = fields[fieldName];
      if (!field) throw new Error(`The schema has no field ${typeName}.${fieldName}.`);
      Object.assign(field, typeof resolver === 'function' ? { resolve: resolver } : resolver);
    }
  }
  for (const [name, type] of Object.entries(schema.getTypeMap())) {
    // Introspection belongs to all schemas; its depth is limited by validation.
    if (name.startsWith('__') || !isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (isCharged(field)) field.resolve = charged(field.resolve);
    }
  }
  return schema;
}
