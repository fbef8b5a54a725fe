export { databases, newDatabase, type TestDatabase, temporaryFolder } from './test-database.ts';
