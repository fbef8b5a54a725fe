import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** Bounds of a GraphQL document. Our own pages and the Python client stay far below all of them. */
const LIMITS = {
  tokens: 4000,
  depth: 12,
  /** `IntrospectionQuery` of GraphiQL needs 13. */
  introspectionDepth: 15,
  /** Of fields at the root: each may cost a page of experiments. */
  rootFields: 30,
  /** Of fields in all, fragments counted wherever they are spread. */
  fields: 1000,
  /** Of uses of fragments, counted like fields: those of nothing but fragments multiply without a single field. */
  fragments: 4000,
  variablesDepth: 50,
  operationNameLength: 256,
} as const;

const BAD_INPUT = { extensions: { code: 'BAD_INPUT' } };

/** A document that is no larger than it may be. */
interface BoundedDocument {
  readonly document: DocumentNode;
  /** How many fields its operations select together, fragments counted wherever they are spread. */
  readonly fields: number;
}

/** Parses a document and refuses it when it is too large. Cyclic fragments are left to validation. */
export function parseWithinLimits(source: string): BoundedDocument {
  const document = parse(source, { maxTokens: LIMITS.tokens });
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition);
  }
  let fieldsOfAll = 0;
  for (const definition of document.definitions) {
    if (definition.kind !== 'OperationDefinition') continue;
    let fields = 0;
    let fragmentsUsed = 0;
    const visit = (
      selections: SelectionSetNode,
      depth: number,
      most: number,
      within: readonly string[],
    ): number => {
      let count = 0;
      for (const selection of selections.selections) {
        if (selection.kind === 'Field') {
          count += 1;
          fields += 1;
          if (fields > LIMITS.fields) refuse(`The query selects more than ${LIMITS.fields} fields.`);
          const isIntrospection = selection.name.value.startsWith('__');
          const allowed = isIntrospection ? LIMITS.introspectionDepth : most;
          if (depth > allowed) refuse(`The query is nested more than ${allowed} levels deep.`);
          if (selection.selectionSet) visit(selection.selectionSet, depth + 1, allowed, within);
          continue;
        }
        fragmentsUsed += 1;
        if (fragmentsUsed > LIMITS.fragments) {
          refuse(`The query uses fragments more than ${LIMITS.fragments} times.`);
        }
        if (selection.kind === 'InlineFragment') {
          count += visit(selection.selectionSet, depth, most, within);
        } else {
          const name = selection.name.value;
          const fragment = fragments.get(name);
          if (fragment && !within.includes(name)) {
            count += visit(fragment.selectionSet, depth, most, [...within, name]);
          }
        }
      }
      return count;
    };
    if (visit(definition.selectionSet, 1, LIMITS.depth, []) > LIMITS.rootFields) {
      refuse(`The query selects more than ${LIMITS.rootFields} fields at its root.`);
    }
    fieldsOfAll += fields;
  }
  return { document, fields: fieldsOfAll };
}

/** Refuses variables that are deeper than any input is: what walks through them would have no room on the stack. */
export function limitVariables(variables: unknown): void {
  if (!isDeeper(variables, LIMITS.variablesDepth)) return;
  throw new GraphQLError(
    `The variables are nested more than ${LIMITS.variablesDepth} levels deep.`,
    BAD_INPUT,
  );
}

/** Refuses a name that is longer than anybody gives an operation. */
export function limitOperationName(name: string): void {
  if (name.length <= LIMITS.operationNameLength) return;
  throw new GraphQLError(
    `The operationName is longer than ${LIMITS.operationNameLength} characters.`,
    BAD_INPUT,
  );
}

function isDeeper(value: unknown, levels: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function refuse(reason: string): never {
  throw new GraphQLError(`${reason} Split it into several queries.`, BAD_INPUT);
}
