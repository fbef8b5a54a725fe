import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HtmlTagDescriptor, Plugin } from 'vite';

const NAME = 'boot.js';

/**
 * Loads a classic script before the first paint, under a name with its hash. Vite bundles modules only, which run
 * after it; and the page's policy allows no inline script.
 *
 * @param path - of the script, from the root of the web interface.
 */
export function bootScript(path: string): Plugin {
  let root = '';
  const tag = (src: string): HtmlTagDescriptor[] => [
    { tag: 'script', attrs: { src }, injectTo: 'head-prepend' },
  ];
  return {
    name: 'boot-script',
    configResolved: (config) => void (root = config.root),
    buildStart() {
      if (this.environment.mode !== 'build') return;
      this.emitFile({ type: 'asset', name: NAME, source: readFileSync(join(root, path)) });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { server, bundle }) {
        if (server) return tag(`/${path}`);
        const asset = Object.values(bundle ?? {}).find(
          (file) => file.type === 'asset' && file.names.includes(NAME),
        );
        if (!asset) throw new Error(`${path} is not in the bundle.`);
        return tag(`./${asset.fileName}`);
      },
    },
  };
}
