import {
  type ASTNode,
  BREAK,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type NameNode,
  type OperationDefinitionNode,
  print,
  validate,
  visit,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { limitOperationName, parseWithinLimits } from './document-limits.ts';

/** An operation is compiled when it comes for the second time: a flood of different ones costs no compiling. */
const COMPILE_AT = 2;
const MOST_DOCUMENTS = 500;
/** Bytes of memory that those kept may take, as estimated from what large ones took: 2 GB, when only their number counted. */
const MOST_KEPT = 128_000_000;
const BYTES_PER_FIELD = 5000;
const BYTES_PER_CHARACTER = 200;
/** What resolvers give for texts, numbers and enums is right by their types; only our own scalars are to be written. */
const COMPILING = { disableLeafSerialization: true };

/** One operation of a document. */
export interface Operation {
  readonly document: DocumentNode;
  /** Why the document is not valid, where it is not: then it can't be run. */
  readonly faults: readonly GraphQLError[];
  /** Undefined where the document does not have the operation that was asked for. */
  readonly node: OperationDefinitionNode | null | undefined;
  readonly name: string | undefined;
  /** Names of its variables that are lists of texts. */
  readonly textLists: ReadonlySet<string>;
  uses: number;
  compiled: CompiledQuery | undefined;
}

/** Parses, validates and runs operations; those that come again are kept, compiled to functions. */
export class GraphqlDocuments {
  readonly #schema: GraphQLSchema;
  readonly #kept = new LRUCache<string, Operation>({ max: MOST_DOCUMENTS, maxSize: MOST_KEPT });

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /**
   * Finds an operation in a text.
   *
   * @throws GraphQLError for a syntax error, or a document or a name that is too large
   */
  operation(text: string, name: string | undefined): Operation {
    if (name !== undefined) limitOperationName(name);
    // No document begins with a digit.
    const key = name === undefined ? text : `${name.length} ${name}${text}`;
    const known = this.#kept.get(key);
    if (known) return known;
    const { document, fields } = parseWithinLimits(text);
    const faults = validate(this.#schema, document);
    const node = getOperationAST(document, name);
    const operation = {
      document,
      faults,
      node,
      name,
      textLists: textListsOf(node),
      uses: 0,
      compiled: undefined,
    };
    // Names that a document does not have are as many as anybody makes up.
    if (node && faults.length === 0)
      this.#kept.set(key, operation, { size: fields * BYTES_PER_FIELD + key.length * BYTES_PER_CHARACTER });
    return operation;
  }

  /** Runs an operation. */
  async run(
    operation: Operation,
    contextValue: object,
    variableValues: Record<string, unknown>,
  ): Promise<ExecutionResult> {
    operation.uses += 1;
    if (operation.uses === COMPILE_AT && mayBeCompiled(operation.document)) {
      const compiled = compileQuery(this.#schema, operation.document, operation.name, COMPILING);
      if (isCompiledQuery(compiled)) operation.compiled = compiled;
    }
    if (operation.compiled && this.#takes(operation, variableValues)) {
      const result = await operation.compiled.query(undefined, contextValue, variableValues);
      // Without data, the variables were refused, and nothing was run yet: graphql finds the better words.
      if ('data' in result) return result;
    }
    return execute({
      schema: this.#schema,
      document: operation.document,
      operationName: operation.name,
      contextValue,
      variableValues,
    });
  }

  /** Whether graphql itself takes the variables. It is stricter with objects: what is compiled takes lists for them. */
  #takes({ node, textLists }: Operation, variableValues: Record<string, unknown>): boolean {
    const isLeftToCompiled = ([name, value]: [string, unknown]) =>
      typeof value !== 'object' || value === null || (textLists.has(name) && isTexts(value));
    if (Object.entries(variableValues).every(isLeftToCompiled)) return true;
    const definitions = node?.variableDefinitions ?? [];
    // One fault is enough: a list of half a million had as many, each with its place in the document.
    return 'coerced' in getVariableValues(this.#schema, definitions, variableValues, { maxErrors: 1 });
  }
}

function textListsOf(node: OperationDefinitionNode | null | undefined): ReadonlySet<string> {
  const lists = (node?.variableDefinitions ?? []).filter(({ type }) => /^\[String!?\]!?$/.test(print(type)));
  return new Set(lists.map(({ variable }) => variable.name.value));
}

/** Most lists are of tags. To have graphql look at two of them took a twentieth of a create. */
function isTexts(value: object): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/**
 * Whether graphql-jit does the same with a document as graphql. Nothing that a client writes may come into the code that
 * it makes but names and numbers: texts of some beginnings (`__MAGIC_DATE__…`) stand in it as they are, and would be run. And
 * with conditions on fragments, defaults of variables, several fields of a mutation, and names like `__proto__`, it leaves
 * out what is there, goes on where it must stop, or never answers; of variables that may be left out, it makes nulls in objects.
 */
function mayBeCompiled(document: DocumentNode): boolean {
  const optional = new Set<string>();
  for (const definition of document.definitions) {
    if (definition.kind !== 'OperationDefinition') continue;
    for (const { variable, type, defaultValue } of definition.variableDefinitions ?? [])
      if (type.kind !== 'NonNullType' && !defaultValue) optional.add(variable.name.value);
  }
  let may = true;
  visit(document, {
    enter(node) {
      const { value } = node.kind === 'ObjectField' ? node : {};
      const isLeftOut = value?.kind === 'Variable' && optional.has(value.name.value);
      if (!isLeftOut && !isOfMore(node)) return undefined;
      may = false;
      return BREAK;
    },
  });
  return may;
}

/** Whether a part of a document is more than the fields and variables of most. */
function isOfMore(node: ASTNode): boolean {
  switch (node.kind) {
    case 'StringValue':
    case 'Directive':
      return true;
    case 'VariableDefinition':
      return isOwn(node.variable.name) || (node.defaultValue?.kind ?? 'NullValue') !== 'NullValue';
    case 'Field':
      // Places of the answer are told apart by names with `_` between: `a_b` and `c` are taken for `b` and `c_a`.
      return node.alias?.value.includes('_') ?? false;
    case 'OperationDefinition': {
      const [first, ...others] = node.selectionSet.selections;
      return node.operation === 'mutation' && (first?.kind !== 'Field' || others.length > 0);
    }
    default:
      return false;
  }
}

/** Whether a name is kept for the language. */
function isOwn({ value }: NameNode): boolean {
  return value.startsWith('__');
}
