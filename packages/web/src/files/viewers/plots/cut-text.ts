/** So much of a text as there is room for, with “…” where more follows. */
export function cutText(text: string, room: number, widthOf = (part: string) => part.length): string {
  const letters = [...text];
  let [fitting, tooMany] = [0, letters.length + 1];
  const partOf = (count: number) =>
    count === letters.length ? text : `${letters.slice(0, count).join('').trimEnd()}…`;
  while (tooMany - fitting > 1) {
    const count = Math.floor((fitting + tooMany) / 2);
    if (widthOf(partOf(count)) <= room) fitting = count;
    else tooMany = count;
  }
  return partOf(fitting);
}
