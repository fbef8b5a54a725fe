import type { Services } from '../../access/context.ts';
import { discardObject } from '../discard-object.ts';
import { deleteUpload } from './upload.queries.ts';

type Needs = Pick<Services, 'db' | 'storage' | 'log'>;

interface Discarded {
  readonly id: string;
  readonly object_key: string | null;
}

/** Forgets an upload, with the bytes that are not those of a file yet. */
export async function discardUpload(needs: Needs, upload: Discarded): Promise<void> {
  await needs.db.write((tx) => tx.run(deleteUpload, { id: upload.id }));
  await discardBytes(needs, upload);
}

/** Removes the bytes of an upload whose row is gone. Never throws: what stays behind goes at the next start. */
export async function discardBytes(needs: Needs, { id, object_key: key }: Discarded): Promise<void> {
  const { storage, log } = needs;
  await storage.parts
    .remove(id)
    .catch((err: unknown) => log.warn({ err, id }, 'a part of an upload stays for now'));
  if (key !== null) await discardObject(needs, key);
}
