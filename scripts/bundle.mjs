// Puts the built program together in a few files, one for each moment at which something is loaded: to find and read
// some two hundred small ones takes longer than to analyse a small capture. The library stays as it was built.
import { rm } from 'node:fs/promises';
import { rollup } from '@rollup/wasm-node';

const FOLDER = 'program';
const INSTALLED_PACKAGE = /^[^./]/;

await rm(FOLDER, { recursive: true, force: true });
// Besides the program itself, what it starts threads with.
const input = { main: 'dist/cli/main.js', 'read-worker': 'dist/read-worker.js' };
const bundle = await rollup({ input, external: INSTALLED_PACKAGE });
// Flat, as deep as `dist` is: the built code finds the package's own files by paths relative to itself.
await bundle.write({ dir: FOLDER, format: 'es', chunkFileNames: '[name].js' });
await bundle.close();
