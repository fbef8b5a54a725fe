/**
 * Copies a text. The usual way is only there under HTTPS and on this computer; elsewhere an old one is left.
 *
 * @throws Error where the browser does not let it.
 */
export async function copyText(text: string): Promise<void> {
  // Undefined where the page did not come by a safe way, whatever the types say.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  try {
    if (clipboard) return await clipboard.writeText(text);
  } catch {
    // Forbidden by a setting: the old way may be open.
  }
  if (!copyFromField(text)) throw new Error('The browser does not let pages copy here.');
}

/** Copies what is chosen in a field that nobody sees. */
function copyFromField(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'visually-hidden';
  field.style.position = 'fixed';
  // In an open dialog, the focus may not leave it.
  (before?.closest('[role="dialog"]') ?? document.body).append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
}
