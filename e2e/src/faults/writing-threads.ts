import { databases } from '@aqueduct/server/testing';
import type { ServerProcess } from '../start-server.ts';
import { fileThread } from './strace.ts';

const fileCalls = (server: ServerProcess) => fileThread(server.child.pid);

/** The threads of a server that write, and on which databases; it is started with `ONE_FILE_THREAD`. */
export const WRITING_THREADS = [
  ...databases.map((database) => ({ what: 'files', threadOf: fileCalls, database })),
  {
    what: 'the database',
    threadOf: async (server: ServerProcess) => server.child.pid ?? 0,
    database: 'SQLite' as const,
  },
];
