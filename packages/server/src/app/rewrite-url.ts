import type { Config } from '../platform/config/config.ts';

/**
 * The address of a request without the base path, which a proxy may have stripped already, and with the original's
 * other prefixes turned into ours.
 */
export function rewriteUrl(
  url: string,
  { basePath, pathAliases }: Pick<Config, 'basePath' | 'pathAliases'>,
): string {
  const path = withoutPrefix(url, basePath, '') ?? url;
  for (const { from, to } of pathAliases) {
    const aliased = withoutPrefix(path, from, to);
    if (aliased !== undefined) return aliased;
  }
  return path;
}

function withoutPrefix(url: string, prefix: string, replacement: string): string | undefined {
  if (prefix === '' || !url.startsWith(prefix)) return undefined;
  const rest = url.slice(prefix.length);
  if (rest === '' || rest.startsWith('?')) return `${replacement}/${rest}`;
  return rest.startsWith('/') ? replacement + rest : undefined;
}
