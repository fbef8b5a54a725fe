/** Milliseconds within which a browser has taken hold of what it saves. */
const HELD_MS = 10_000;

/** Saves a blob as a file of the viewer's, with this name. */
export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), HELD_MS);
}
