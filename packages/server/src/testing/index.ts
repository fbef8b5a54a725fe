export { leftOut } from './left-out.ts';
export { readZip } from './read-zip.ts';
export { type PostgresServer, startPostgres } from './start-postgres.ts';
export { databases, newDatabase, type TestDatabase, temporaryFolder } from './test-database.ts';
