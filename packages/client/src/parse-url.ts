/** A url, or undefined for what is none. (`URL.parse` came with Node 22.1.) */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
