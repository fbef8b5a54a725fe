import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Viewer } from '../access/viewer.ts';
import type { Database } from '../platform/database/database.ts';

/** Characters of requests and answers that are kept for a viewer, about 8 MB of memory. */
const MOST_TEXT = 8_000_000;

/** Types that are read from the database alone, and whose reading leaves no trace. */
const KEPT_TYPES: ReadonlySet<string | undefined> = new Set([
  'Experiments',
  'ExperimentData',
  'ExperimentFile',
  'Tags',
]);

interface Kept {
  readonly token: number;
  readonly text: string;
}

/**
 * Answers to lists of experiments, kept until anything changes in the database: everyone who looks at a page asks for
 * the same again and again. Each is kept for the viewer it was given to, and for the request as it came.
 */
export class KeptAnswers {
  readonly #db: Database;
  readonly #schema: GraphQLSchema;
  readonly #kept = new WeakMap<Viewer, LRUCache<string, Kept>>();
  readonly #isKept = new WeakMap<DocumentNode, boolean>();

  constructor(db: Database, schema: GraphQLSchema) {
    this.#db = db;
    this.#schema = schema;
  }

  /** The answer to a request, where it is known and still holds. */
  async find(viewer: Viewer, request: string): Promise<string | undefined> {
    const known = this.#kept.get(viewer)?.get(request);
    if (!known) return undefined;
    // A database that fails is told by reading the answer.
    const token = await this.#db.changeToken().catch(() => undefined);
    return known.token === token ? known.text : undefined;
  }

  /**
   * Begins to keep an answer, before anything is read for it.
   *
   * @returns what takes the text of the answer; undefined where it can't be kept.
   */
  async begin(
    viewer: Viewer,
    request: string,
    document: DocumentNode,
  ): Promise<((text: string) => void) | undefined> {
    let isKept = this.#isKept.get(document);
    if (isKept === undefined) this.#isKept.set(document, (isKept = readsOnly(this.#schema, document)));
    if (!isKept) return undefined;
    const token = await this.#db.changeToken();
    return (text) => void this.#of(viewer).set(request, { token, text });
  }

  #of(viewer: Viewer): LRUCache<string, Kept> {
    let kept = this.#kept.get(viewer);
    if (!kept) {
      kept = new LRUCache({
        maxSize: MOST_TEXT,
        sizeCalculation: ({ text }, request) => text.length + request.length,
      });
      this.#kept.set(viewer, kept);
    }
    return kept;
  }
}

/** Whether a document asks for kept types alone. */
function readsOnly(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let isKept = true;
  const enter = () => {
    const type = getNamedType(types.getType());
    const isValue = isLeafType(type) && KEPT_TYPES.has(types.getParentType()?.name);
    if (!isValue && !KEPT_TYPES.has(type?.name)) isKept = false;
  };
  visit(document, visitWithTypeInfo(types, { Field: { enter } }));
  return isKept && document.definitions.every((each) => !('operation' in each) || each.operation === 'query');
}
