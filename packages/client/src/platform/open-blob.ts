import type { SeekableSource } from './platform.ts';

/** A Blob as what is to be uploaded. A File is known again after a restart; nothing tells other Blobs apart. */
export function openBlob(blob: Blob): SeekableSource {
  const file = blob instanceof File ? blob : undefined;
  return {
    name: file?.name,
    size: blob.size,
    content: blob,
    from: (start, end) => blob.slice(start, end),
    identity: file && `${file.name} ${file.lastModified}`,
  };
}
