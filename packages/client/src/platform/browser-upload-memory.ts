import type { BegunUpload, UploadIdentity, UploadMemory } from './platform.ts';

const PREFIX = 'aqueduct upload ';

/** In the browser's storage for this origin; forgets where there is none. */
export const uploadMemory: UploadMemory = {
  async get(identity) {
    const text = storage()?.getItem(keyOf(identity));
    return text ? begunOf(text) : undefined;
  },
  async set(identity, { address, sample }) {
    try {
      storage()?.setItem(keyOf(identity), `${address} ${sample}`);
    } catch {
      // Full.
    }
  },
  delete: async (identity) => storage()?.removeItem(keyOf(identity)),
};

/** All uploads that this browser has begun and not finished, with their addresses. */
export function rememberedUploads(): { readonly identity: UploadIdentity; readonly address: string }[] {
  const items = storage();
  if (!items) return [];
  const keys = Array.from({ length: items.length }, (_, i) => items.key(i) ?? '');
  return keys
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => ({ identity: identityOf(key), address: begunOf(items.getItem(key) ?? '').address }));
}

function keyOf({ server, experimentUuid, name, size, file }: UploadIdentity): string {
  return PREFIX + JSON.stringify([server, experimentUuid, name, size, file]);
}

function identityOf(key: string): UploadIdentity {
  const [server, experimentUuid, name, size, file] = JSON.parse(key.slice(PREFIX.length));
  return { server, experimentUuid, name, size, file };
}

function begunOf(text: string): BegunUpload {
  const [address = '', sample = ''] = text.split(' ');
  return { address, sample };
}

/** As much of it as is used here: the browser's own types would open the page's globals to all packages. */
interface Items {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Reading the name itself fails where a browser is told to keep nothing. */
function storage(): Items | undefined {
  try {
    return (globalThis as { localStorage?: Items }).localStorage;
  } catch {
    return undefined;
  }
}
