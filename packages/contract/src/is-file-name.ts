import { limits } from './limits.ts';

/** Names that Windows keeps for devices, whatever their ending, and with blanks before it. */
const RESERVED = /^(con|prn|aux|nul|clock\$|conin\$|conout\$|com[1-9¹²³]|lpt[1-9¹²³]) *(\.|$)/i;

/** Whether a name can be that of a file on every system: folders are shared between them. */
export function isFileName(name: string): boolean {
  return (
    // Blanks of all kinds, and marks without width: nobody would see it.
    /[^\s\p{Z}\p{Cf}]/u.test(name) &&
    !/[/\\:*?"<>|\p{Cc}]/u.test(name) &&
    !/[. ]$/.test(name) &&
    !RESERVED.test(name) &&
    name.isWellFormed() &&
    utf8Length(name) <= limits.fileNameBytes
  );
}

/** Without TextEncoder or Buffer: this package needs the language alone. */
function utf8Length(text: string): number {
  return encodeURIComponent(text).replace(/%../g, '_').length;
}
