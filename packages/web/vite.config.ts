import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { bootScript } from './build/boot-script.ts';
import { chunkOf } from './build/chunk-of.ts';

/** Where `npm start` answers: in development its API is used. */
const SERVER = process.env.AQUEDUCT_URL ?? 'http://localhost:8000';
/** The server takes requests of pages only under the name that it is asked by, so that name stays. */
const PROXIED = { target: SERVER, changeOrigin: false };

const PLAIN_NDARRAY = `${import.meta.dirname}/src/files/viewers/hdf5/plain-ndarray.ts`;
/** Browsers get another one, which asks the document: workers have none. */
const CHARACTER_NAMES = `${import.meta.dirname}/../../node_modules/decode-named-character-reference/index.js`;

export default defineConfig({
  root: import.meta.dirname,
  // Relative, for the server may be below a base path; see web-interface.ts in the server.
  base: './',
  html: { cspNonce: 'AQUEDUCT_NONCE' },
  plugins: [react(), bootScript('src/ui/color-scheme-boot.js')],
  resolve: {
    conditions: ['aqueduct-source', ...defaultClientConditions],
    // GraphiQL brings an older one to the root of the project.
    dedupe: ['react', 'react-dom'],
    alias: {
      // They make code from texts, which the page's policy forbids.
      ndarray: PLAIN_NDARRAY,
      'ndarray-ops': PLAIN_NDARRAY,
      'decode-named-character-reference': CHARACTER_NAMES,
    },
  },
  build: {
    target: 'es2022',
    // The policy of the page allows no fonts or scripts from data: addresses.
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    // The viewers of HDF5 and PDF are as large as that, and are loaded only where one opens such a file.
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      // How long plugins take is of no use to those who start it for the first time.
      checks: { bundlerTimings: false },
      // What every page needs comes in one file, and what an experiment's needs in another: twenty small ones took three
      // times as long.
      output: {
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'] },
            { name: chunkOf('experiment', `${import.meta.dirname}/src/experiments/experiment-page.tsx`) },
          ],
        },
      },
    },
  },
  // They load their parts when needed, as pages do.
  worker: { format: 'es', rolldownOptions: { checks: { bundlerTimings: false } } },
  server: { proxy: { '/api': PROXIED, '/ready': PROXIED } },
});
