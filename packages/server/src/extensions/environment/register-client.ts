// Loaded by Node before the scripts of extensions: `@aqueduct/client` is the server's own, unless they have another.
import { registerHooks } from 'node:module';

const isSource = import.meta.url.endsWith('.ts');
const file = isSource ? '../../../../client/src/index.ts' : './extension-client.js';
const client = new URL(file, import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== '@aqueduct/client') return next(specifier, context);
    try {
      return next(specifier, context);
    } catch {
      return { url: client, shortCircuit: true };
    }
  },
});
