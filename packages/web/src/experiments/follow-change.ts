/** Where a place in a text is after the text was changed: among the letters where it was. */
export function followChange(place: number, before: string, after: string): number {
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before[same] === after[same]) same += 1;
  if (place <= same) return place;
  let sameAtEnd = 0;
  while (sameAtEnd < shorter - same && before.at(-1 - sameAtEnd) === after.at(-1 - sameAtEnd)) sameAtEnd += 1;
  const behind = before.length - place;
  return behind <= sameAtEnd ? after.length - behind : Math.min(place, after.length - sameAtEnd);
}
