// Floor of createExperiment: one SQLite transaction with one row, as durable as ours, for each request.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import Sqlite from 'better-sqlite3';
import { serve } from './serve.ts';

const [, , folder = '.'] = process.argv;
const database = new Sqlite(join(folder, 'floor.db'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec(
  'create table experiment (uuid text primary key, title text, description text, created_at integer)',
);
const insert = database.prepare('insert into experiment values (?, ?, ?, ?)');

serve(async (request, response) => {
  const { variables } = (await json(request)) as { variables: { title: string; description: string } };
  const uuid = randomUUID();
  insert.run(uuid, variables.title, variables.description, Date.now());
  const body = JSON.stringify({ uuid, ...variables });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
});
