// Floor of searches: counts what a LIKE finds in the titles of a database of ours.
import Sqlite from 'better-sqlite3';
import { serve } from './serve.ts';

const [, , path = '', text] = process.argv;
const database = new Sqlite(path, { readonly: true });
const count = database.prepare<[string], { count: number }>(
  'select count(*) as count from experiment where archived = 0 and title like ?',
);

serve((request, response) => {
  request.resume();
  const body = JSON.stringify(count.get(`%${text}%`));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
});
