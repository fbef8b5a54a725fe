import type { FileKind } from './file-source.ts';
import { languageOf } from './language-of.ts';

const TEXT_TYPES = /^text\/|[/+](json|xml|yaml|toml|javascript|typescript|sql|x-sh|x-tex|x-httpd-php)$/;

/** Names of texts that have no ending. */
const TEXT_NAMES = /^(readme|license|licence|changelog|makefile|dockerfile|\.?gitignore|authors|notes)$/i;
const TEXT_ENDINGS = /\.(cfg|conf|env|lock|rst|tex|bib|qasm|gcode|dat)$/i;

/** Whether a file can be read as text, as far as its name and type tell. */
export function isText({ name, type }: FileKind): boolean {
  return (
    TEXT_TYPES.test(type) ||
    TEXT_NAMES.test(name) ||
    TEXT_ENDINGS.test(name) ||
    languageOf(name) !== undefined
  );
}
