import type { UploadIdentity, UploadMemory } from './platform.ts';

const PREFIX = 'aqueduct-upload ';

/** In the browser's storage for this origin; forgets where there is none. */
export const uploadMemory: UploadMemory = {
  async get(identity) {
    const text = storage()?.getItem(keyOf(identity));
    return text ? JSON.parse(text) : undefined;
  },
  async set(identity, { address, sample }) {
    try {
      storage()?.setItem(keyOf(identity), JSON.stringify({ identity, address, sample }));
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
  return keys.flatMap((key) => {
    const text = key.startsWith(PREFIX) && items.getItem(key);
    return text ? [JSON.parse(text)] : [];
  });
}

function keyOf({ server, experimentUuid, name, size, file }: UploadIdentity): string {
  return PREFIX + JSON.stringify([server, experimentUuid, name, size, file]);
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
