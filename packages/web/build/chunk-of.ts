interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/**
 * Names the chunk of all that a module needs at once, for Rolldown's `codeSplitting`. Without it, each set of modules that
 * several pages share is a file of its own: a page then takes fifty, and its server's answers one after the other.
 *
 * @param entry - path of the module.
 */
export function chunkOf(name: string, entry: string) {
  const needed = new Set<string>();
  return (id: string, graph: ModuleGraph): string | null => {
    const left = needed.size === 0 ? [entry] : [];
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      if (needed.has(next)) continue;
      needed.add(next);
      left.push(...(graph.getModuleInfo(next)?.importedIds ?? []));
    }
    return needed.has(id) ? name : null;
  };
}
