// Builds the one file the app serves: `npm ci && node build.mjs`. The same sources give the same bytes, and CI checks
// that the committed bundle is what the committed sources give.

import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Indentation and comments in shader text are for us, not for the wire.
const shaderText = {
  name: 'shader-text',
  setup(pipeline) {
    pipeline.onLoad({ filter: /\.glsl$/ }, async ({ path }) => {
      const { readFile } = await import('node:fs/promises');
      const text = await readFile(path, 'utf8');
      const lines = text.split('\n').map((line) => line.replace(/\/\/.*$/, '').trim()).filter(Boolean);
      return { contents: lines.join('\n'), loader: 'text' };
    });
  },
};

await build({
  entryPoints: [here('./index.js')],
  outfile: process.argv[2] || here('../../../../assets/viewer/keepsake.js'),
  bundle: true,
  format: 'esm',
  target: 'es2020',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  banner: { js: '/*! Keepsake viewer. Contains three.js (MIT). */' },
  plugins: [shaderText],
  absWorkingDir: here('.'),
  logLevel: 'warning',
});
