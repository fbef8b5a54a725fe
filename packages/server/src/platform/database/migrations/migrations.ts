import type { Kysely } from 'kysely';
import type { Engine } from '../query.ts';
import { coreTables } from './0001-core.ts';
import { taskTables } from './0002-tasks.ts';
import { searchPendingTable } from './0003-search-pending.ts';
import { uploadTables } from './0004-uploads.ts';
import { fewerPages } from './0005-fewer-pages.ts';
import { readableNames } from './0006-readable-names.ts';
import { foldedTexts } from './0007-folded-texts.ts';
import { searchTakenIn } from './0008-search-taken-in.ts';
import { searchWithoutRemoved } from './0009-search-without-removed.ts';
import { doomedOutput } from './0010-doomed-output.ts';
import { countedSpans } from './0011-counted-spans.ts';
import { uploadWriter } from './0012-upload-writer.ts';

/** All steps of the schema, oldest first. Only ever append: installations have run these as they stand. */
export const migrations: Record<string, (db: Kysely<unknown>, engine: Engine) => Promise<void>> = {
  '0001-core': coreTables,
  '0002-tasks': taskTables,
  '0003-search-pending': searchPendingTable,
  '0004-uploads': uploadTables,
  '0005-fewer-pages': fewerPages,
  '0006-readable-names': readableNames,
  '0007-folded-texts': foldedTexts,
  '0008-search-taken-in': searchTakenIn,
  '0009-search-without-removed': searchWithoutRemoved,
  '0010-doomed-output': doomedOutput,
  '0011-counted-spans': countedSpans,
  '0012-upload-writer': uploadWriter,
};
