import { ARCHIVE_ATTACKS } from './archive-attacks.ts';
import { ARRAY_ATTACKS } from './array-attacks.ts';
import type { Attack } from './attack.ts';
import { DATA_ATTACKS } from './data-attacks.ts';
import { DISGUISE_ATTACKS } from './disguise-attacks.ts';
import { HTML_ATTACKS } from './html-attacks.ts';
import { MARKDOWN_ATTACKS } from './markdown-attacks.ts';
import { NOTEBOOK_ATTACKS } from './notebook-attacks.ts';
import { PDF_ATTACKS } from './pdf-attacks.ts';
import { SVG_ATTACKS } from './svg-attacks.ts';

/** All attacks. A new kind of file is one more table. */
export const ATTACKS: readonly Attack[] = [
  ...HTML_ATTACKS,
  ...SVG_ATTACKS,
  ...MARKDOWN_ATTACKS,
  ...NOTEBOOK_ATTACKS,
  ...PDF_ATTACKS,
  ...DISGUISE_ATTACKS,
  ...DATA_ATTACKS,
  ...ARCHIVE_ATTACKS,
  ...ARRAY_ATTACKS,
];
