import {
  type DefinitionNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** Bounds of a GraphQL document. Our own pages and the Python client stay far below all of them. */
const LIMITS = {
  tokens: 4000,
  /** Each of up to 100 errors counts them to its place: behind half a million, 100 errors took 4 s. */
  lines: 2000,
  depth: 12,
  /** `IntrospectionQuery` of GraphiQL needs 13. */
  introspectionDepth: 15,
  /** Of fields at the root of an operation: each may cost a page of experiments. */
  rootFields: 30,
  /** Of fields in all, fragments counted wherever they are spread. */
  fields: 1000,
  /**
   * Of fields that share a name at one place of the answer, and of fragments there: validation compares each with each,
   * and all below them. A hundred in one place are 4950 pairs, for which it takes up to 100 ms.
   */
  pairs: 5000,
  /** Of uses of fragments, counted like fields: those of nothing but fragments multiply without a single field. */
  fragments: 4000,
  variablesDepth: 50,
  operationNameLength: 256,
} as const;

const BAD_INPUT = { extensions: { code: 'BAD_INPUT' } };
const LINE_END = /\r\n|\n|\r/;

/** A document that is no larger than it may be. */
interface BoundedDocument {
  readonly document: DocumentNode;
  /** How many fields it selects, fragments counted wherever they are spread. */
  readonly fields: number;
}

/** A place of the answer. */
interface Place {
  /** How many fields are selected for it. */
  fields: number;
  /** By their names, under which the fields of all fragments meet. */
  readonly below: Map<string, Place>;
  /** Names of those that are spread in it. */
  readonly fragments: Set<string>;
}

/** Parses a document and refuses it when it is too large. Cyclic fragments are left to validation. */
export function parseWithinLimits(source: string): BoundedDocument {
  if (source.split(LINE_END, LIMITS.lines + 1).length > LIMITS.lines) {
    refuse(`The query has more than ${LIMITS.lines} lines.`);
  }
  const document = parse(source, { maxTokens: LIMITS.tokens });
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition);
  }
  const used = new Set<DefinitionNode>();
  let fields = 0;
  let pairs = 0;
  let fragmentsUsed = 0;
  const compare = (others: number): void => {
    pairs += others;
    if (pairs <= LIMITS.pairs) return;
    refuse(
      `The query has more than ${LIMITS.pairs} pairs of fields with one name, or of fragments in one place.`,
    );
  };
  const visit = (
    selections: SelectionSetNode,
    depth: number,
    most: number,
    within: readonly string[],
    place: Place,
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
        const own = placeBelow(place, selection.alias?.value ?? selection.name.value);
        compare(own.fields);
        own.fields += 1;
        if (selection.selectionSet) visit(selection.selectionSet, depth + 1, allowed, within, own);
        continue;
      }
      fragmentsUsed += 1;
      if (fragmentsUsed > LIMITS.fragments) {
        refuse(`The query uses fragments more than ${LIMITS.fragments} times.`);
      }
      if (selection.kind === 'InlineFragment') {
        count += visit(selection.selectionSet, depth, most, within, place);
      } else {
        const name = selection.name.value;
        const fragment = fragments.get(name);
        if (fragment && !within.includes(name)) {
          used.add(fragment);
          if (!place.fragments.has(name)) compare(place.fragments.size);
          place.fragments.add(name);
          count += visit(fragment.selectionSet, depth, most, [...within, name], place);
        }
      }
    }
    return count;
  };
  for (const definition of document.definitions) {
    if (definition.kind !== 'OperationDefinition') continue;
    if (visit(definition.selectionSet, 1, LIMITS.depth, [], noPlace()) > LIMITS.rootFields) {
      refuse(`The query selects more than ${LIMITS.rootFields} fields at its root.`);
    }
  }
  // What no operation uses is validated all the same.
  for (const definition of document.definitions) {
    if (definition.kind !== 'FragmentDefinition' || used.has(definition)) continue;
    visit(definition.selectionSet, 1, LIMITS.depth, [definition.name.value], noPlace());
  }
  return { document, fields };
}

function noPlace(): Place {
  return { fields: 0, below: new Map(), fragments: new Set() };
}

function placeBelow({ below }: Place, name: string): Place {
  const known = below.get(name);
  if (known) return known;
  const place = noPlace();
  below.set(name, place);
  return place;
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
