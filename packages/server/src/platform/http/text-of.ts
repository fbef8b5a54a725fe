const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The text of a body; a byte order mark before it is left out.
 *
 * @throws TypeError for bytes that are no UTF-8: what replaces them would be stored in place of what was meant.
 */
export function textOf(body: Uint8Array): string {
  return utf8.decode(body);
}
