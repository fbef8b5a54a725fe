/** How points of a curve are drawn; the first is what nobody chose. */
export const MARKS = ['Lines', 'Points', 'Both'] as const;
export type Marks = (typeof MARKS)[number];
