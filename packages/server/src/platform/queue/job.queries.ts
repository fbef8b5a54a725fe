import { sql } from 'kysely';
import { query } from '../database/query.ts';

export const insertJob = query<{ id: number; home: string; worker: string | null }>()((db, p) =>
  db.insertInto('job').values({ id: p.id, home: p.home, worker: p.worker, cancelled: 0 }),
);

export const jobById = query<{ id: number }>()((db, p) =>
  db.selectFrom('job').select(['worker', 'cancelled']).where('id', '=', p.id),
);

export const cancelJob = query<{ id: number }>()((db, p) =>
  db.updateTable('job').set({ cancelled: 1 }).where('id', '=', p.id),
);

export const deleteJob = query<{ id: number }>()((db, p) => db.deleteFrom('job').where('id', '=', p.id));

export const waitingJob = query<{ home: string }>()((db, p) =>
  db.selectFrom('job').select('id').where('home', '=', p.home).where('worker', 'is', null).limit(1),
);

export const waitingJobs = query<{ home: string }>()((db, p) =>
  db.selectFrom('job').select('id').where('home', '=', p.home).where('worker', 'is', null).orderBy('id'),
);

/** Takes the oldest jobs that nobody has. */
export const takeJobs = query<{ home: string; worker: string; limit: number }>()(
  (_, p) => sql<{ id: number }>`update job set worker = ${p.worker} where id in (
    select id from job where home = ${p.home} and worker is null order by id limit ${p.limit}) returning id`,
);

export const ownJobs = query<{ home: string; worker: string }>()((db, p) =>
  db.selectFrom('job').select(['id', 'cancelled']).where('home', '=', p.home).where('worker', '=', p.worker),
);

/** What shows whether somebody is still there. */
export interface Sign {
  readonly home: string;
  /** A start of a server; null where any of its home will do. */
  readonly worker: string | null;
  /** Another number after each heartbeat; null where the database knows of none. */
  readonly seen_at: number | null;
}

/** A job, with the heartbeats of the worker that has it, or of those that may take it. */
export interface SeenJob extends Sign {
  readonly id: number;
}

// A sum changes with every heartbeat, also after the clock of the database was set back; the latest would not.
const seenJobs = sql`select job.id, job.home, job.worker,
  case when job.worker is null
    then (select cast(sum(seen_at) as double precision) from worker where worker.home = job.home)
    else (select seen_at from worker where worker.id = job.worker) end as seen_at
  from job`;

/** The jobs that other workers have, and of those that wait in other homes one for each. */
export const jobsOfOthers = query<{ home: string; worker: string }>()(
  (_, p) => sql<SeenJob>`${seenJobs} where job.worker != ${p.worker} or job.id in (
    select min(id) from job where worker is null and home != ${p.home} group by home) order by job.id`,
);

export const seenJob = query<{ id: number }>()((_, p) => sql<SeenJob>`${seenJobs} where job.id = ${p.id}`);

/** The other starts of servers of a home. */
export const otherStarts = query<{ home: string; worker: string }>()((db, p) =>
  db
    .selectFrom('worker')
    .select(['home', 'id as worker', 'seen_at'])
    .where('home', '=', p.home)
    .where('id', '!=', p.worker),
);

/** The starts of servers of other homes whose last heartbeat is not older. */
export const workersSeen = query<{ home: string; since: number }>()((db, p) =>
  db.selectFrom('worker').select('id').where('home', '!=', p.home).where('seen_at', '>=', p.since),
);

/** Gives all jobs of other homes to this one. */
export const adoptJobs = query<{ home: string }>()((db, p) =>
  db.updateTable('job').set({ home: p.home }).where('home', '!=', p.home),
);

/** PostgreSQL's, in microseconds since 1970-01-01T00:00Z. */
export const timeOfDatabase = query()<{ now: number }>(
  () => sql`select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint) as now`,
);

export const seeWorker = query<{ id: string; home: string; now: number }>()((db, p) =>
  db
    .insertInto('worker')
    .values({ id: p.id, home: p.home, seen_at: p.now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at: p.now })),
);

/** Workers that are gone for long, and have no jobs any more. */
export const forgetWorkers = query<{ before: number }>()((db, p) =>
  db
    .deleteFrom('worker')
    .where('seen_at', '<', p.before)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('job').select('job.id').whereRef('job.worker', '=', 'worker.id'))),
    ),
);
