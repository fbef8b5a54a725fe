import { isUtf8 } from 'node:buffer';
import type { Config } from '../platform/config/config.ts';

/**
 * The address of a request without the base path, which a proxy may have stripped already, and with the original's
 * other prefixes turned into ours. What is no escape stands for itself, as in the original. Slashes at the beginning count
 * once: scripts put paths behind an address that ends with one. Of a whole address (RFC 9112, 3.2.2), the path counts; its
 * host is for the guard.
 */
export function rewriteUrl(
  url: string,
  { basePath, pathAliases }: Pick<Config, 'basePath' | 'pathAliases'>,
): string {
  const single = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '/').replace(/^\/{2,}/, '/');
  const path = readable(withoutPrefix(single, basePath, '') ?? single).replace(/^\/{2,}/, '/');
  for (const { from, to } of pathAliases) {
    const aliased = withoutPrefix(path, from, to);
    if (aliased !== undefined) return aliased;
  }
  return path;
}

/** Escapes each `%` that begins no escape, and puts U+FFFD for escaped bytes that are no UTF-8. */
function readable(url: string): string {
  if (!url.includes('%')) return url;
  const [path = ''] = url.split('?', 1);
  const escaped = path.replace(/(?:%[\da-f]{2})+|%/gi, (found) => {
    if (found === '%') return '%25';
    const bytes = Buffer.from(found.replaceAll('%', ''), 'hex');
    return isUtf8(bytes) ? found : encodeURIComponent(bytes.toString());
  });
  return escaped + url.slice(path.length);
}

function withoutPrefix(url: string, prefix: string, replacement: string): string | undefined {
  if (prefix === '' || !url.startsWith(prefix)) return undefined;
  const rest = url.slice(prefix.length);
  if (rest === '' || rest.startsWith('?')) return `${replacement}/${rest}`;
  return rest.startsWith('/') ? replacement + rest : undefined;
}
