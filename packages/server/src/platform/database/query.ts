import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { type Dialect, dialects } from './dialect.ts';
import type { Schema } from './schema.ts';

export type Engine = 'sqlite' | 'postgres';

/** A statement in the words of one engine. */
export interface Statement {
  readonly sql: string;
  /** The values to bind, in their order: a named parameter or a constant. */
  readonly bindings: readonly Binding[];
  /** Identifies the statement where it is prepared. */
  readonly name: string;
}

type Binding = Placeholder | { readonly constant: unknown };

/** Stands in a query where a parameter's value will be. */
class Placeholder {
  readonly parameter: string;
  constructor(parameter: string) {
    this.parameter = parameter;
  }
}

/**
 * A query that is built once for each engine and then runs as a prepared statement: building a list query with Kysely
 * at each request took 0.43 ms, running it prepared 0.16 ms.
 */
export interface Query<Params extends object, Row> {
  on(engine: Engine): Statement;
  /** Types only: what goes in and what comes out. */
  readonly types?: (params: Params) => Row;
}

type Build<Params, Row> = (
  db: Kysely<Schema>,
  params: Params,
  dialect: Dialect,
) => Compilable<Row> | RawBuilder<Row>;

let statements = 0;

/**
 * Defines a query with named parameters.
 *
 * @example
 * const tagByKey = query<{ key: string }>()((db, p) => db.selectFrom('tag').selectAll().where('key', '=', p.key));
 */
export function query<Params extends object = Record<never, never>>() {
  return <Row>(build: Build<Params, Row>): Query<Params, Row> => {
    const compiled: Partial<Record<Engine, Statement>> = {};
    return {
      on(engine) {
        compiled[engine] ??= compile(engine, build);
        return compiled[engine];
      },
    };
  };
}

/** The values of a statement's bindings, in their order. */
export function bind(statement: Statement, params: object): unknown[] {
  const values = params as Readonly<Record<string, unknown>>;
  return statement.bindings.map((binding) =>
    binding instanceof Placeholder ? values[binding.parameter] : binding.constant,
  );
}

function compile<Params, Row>(engine: Engine, build: Build<Params, Row>): Statement {
  const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) });
  const built = build(builders[engine], placeholders as Params, dialects[engine]);
  const { sql, parameters } = built.compile(builders[engine]);
  statements += 1;
  return {
    sql: engine === 'sqlite' ? hideValues(sql) : sql,
    bindings: parameters.map((value) => (value instanceof Placeholder ? value : { constant: value })),
    name: `q${statements}`,
  };
}

/**
 * SQLite's planner looks at the value of a parameter that is a limit or is compared for equality, in case it is 0 or 1. A
 * statement that it looked so deep into is planned anew at each run, since better-sqlite3 clears the bindings of the run
 * before: 9 of the 10 µs of a join by key. It does not look behind a sign.
 */
function hideValues(sql: string): string {
  return sql.replace(/(=|\blimit|\boffset) \?/g, '$1 +?');
}

/** Builders without a connection: they only make texts. */
const builders: Record<Engine, Kysely<Schema>> = {
  sqlite: new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  postgres: new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
};
