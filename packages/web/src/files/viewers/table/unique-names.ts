/** Names that are told apart: the second of the same, and one that is taken, gets a number behind it that none has. */
export function uniqueNames(names: readonly string[], taken: readonly string[] = []): string[] {
  const given = new Set(taken);
  // The first with a name keeps it, also where a name with a number stands further on.
  const own = new Set(names);
  const next = new Map<string, number>();
  return names.map((name) => {
    let unique = name;
    while (given.has(unique) || (unique !== name && own.has(unique))) {
      const number = next.get(name) ?? 2;
      next.set(name, number + 1);
      unique = `${name} (${number})`;
    }
    given.add(unique);
    return unique;
  });
}
