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

/** Takes the oldest jobs that nobody has. */
export const takeJobs = query<{ home: string; worker: string; limit: number }>()(
  (_, p) => sql<{ id: number }>`update job set worker = ${p.worker} where id in (
    select id from job where home = ${p.home} and worker is null order by id limit ${p.limit}) returning id`,
);

export const ownJobs = query<{ home: string; worker: string }>()((db, p) =>
  db.selectFrom('job').select(['id', 'cancelled']).where('home', '=', p.home).where('worker', '=', p.worker),
);

/** A job that a worker has. */
export interface TakenJob {
  readonly id: number;
  readonly home: string;
  readonly worker: string;
  /** The last heartbeat of the worker; null where the database does not know it. */
  readonly seen_at: number | null;
}

/** The jobs that other workers have. */
export const jobsOfOthers = query<{ worker: string }>()(
  (_, p) => sql<TakenJob>`select job.id, job.home, job.worker, worker.seen_at
    from job left join worker on worker.id = job.worker
    where job.worker is not null and job.worker != ${p.worker} order by job.id`,
);

/** A job, if a worker has it. */
export const takenJob = query<{ id: number }>()(
  (_, p) => sql<TakenJob>`select job.id, job.home, job.worker, worker.seen_at
    from job left join worker on worker.id = job.worker where job.id = ${p.id} and job.worker is not null`,
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
