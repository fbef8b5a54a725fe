import { type DocumentNode, defaultFieldResolver, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import { asAqueductError } from '../platform/errors/as-aqueduct-error.ts';
import type { Operation } from './graphql-documents.ts';

/** Where resolvers of root fields note how they went. */
interface NotedContext {
  readonly roots: RootFields;
}

/** What became of the root fields of an operation: where none may be null, GraphQL itself tells of one failure alone. */
export class RootFields {
  readonly #forbidden = new Set<string>();
  #isAnswered = false;

  /** Makes the root fields of queries and mutations note how they went. */
  static noteIn(schema: GraphQLSchema): void {
    for (const type of [schema.getQueryType(), schema.getMutationType()]) {
      for (const field of Object.values(type?.getFields() ?? {})) {
        const { resolve = defaultFieldResolver } = field;
        field.resolve = (source, args, context: NotedContext, info) => {
          const { roots } = context;
          const noteFailure = (error: unknown) => {
            if (asAqueductError(error).code === 'FORBIDDEN') roots.#forbidden.add(field.name);
          };
          try {
            const value = resolve(source, args, context, info);
            // Beside whoever waits for it: every list that is read would wait for another turn.
            if (value instanceof Promise) value.then(() => (roots.#isAnswered = true), noteFailure);
            else roots.#isAnswered = true;
            return value;
          } catch (error) {
            noteFailure(error);
            throw error;
          }
        };
      }
    }
  }

  /**
   * Whether the caller has the right for none of the root fields. Mutations behind a failed one are not run: they count
   * where one of the same name was refused.
   */
  areForbidden({ document, node }: Operation): boolean {
    if (this.#isAnswered || !node) return false;
    for (const name of fieldNames(node.selectionSet, document)) if (!this.#forbidden.has(name)) return false;
    return true;
  }
}

/** Names of the fields of a selection, and of its fragments. */
export function* fieldNames({ selections }: SelectionSetNode, document: DocumentNode): Generator<string> {
  for (const selection of selections) {
    if (selection.kind === 'Field') yield selection.name.value;
    else if (selection.kind === 'InlineFragment') yield* fieldNames(selection.selectionSet, document);
    else {
      for (const definition of document.definitions)
        if (definition.kind === 'FragmentDefinition' && definition.name.value === selection.name.value)
          yield* fieldNames(definition.selectionSet, document);
    }
  }
}
