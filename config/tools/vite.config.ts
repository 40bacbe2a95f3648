// How the client is built and served while developing.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const project = resolve(import.meta.dirname, '../..');
const server = process.env.AUDITORIA_DEV_SERVER ?? 'http://127.0.0.1:3000';
// The Host header stays as the browser sent it: the server compares it with the Origin.
const proxied = { target: server, changeOrigin: false };

const compress = promisify(brotliCompress);

/** Writes a .br beside each asset: the first page is a sixth smaller than compressed in passing, and costs the server nothing at the bell. */
function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved({ build }) {
      folder = join(build.outDir, build.assetsDir);
    },
    async closeBundle(error) {
      // There is nothing to compress, and the fault itself must be seen.
      if (error) return;
      const names = (await readdir(folder)).filter((name) => /\.(js|css|svg)$/.test(name));
      const write = async (name: string) => writeFile(join(folder, `${name}.br`), await compress(await readFile(join(folder, name))));
      await Promise.all(names.map(write));
    },
  };
}

export default defineConfig({
  root: resolve(project, 'client'),
  base: '/',
  cacheDir: resolve(project, 'node_modules/.vite'),
  plugins: [
    // react-aria's built-in strings are all left out: client/i18n/aria.ts supplies them per language.
    { ...optimizeLocales.vite({ locales: [] }), enforce: 'pre' },
    react(),
    compressed(),
  ],
  build: {
    outDir: resolve(project, 'dist/client'),
    emptyOutDir: true,
    sourcemap: 'hidden',
    // The content security policy allows neither inline scripts nor data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: resolve(project, 'client/index.html'), 'service-worker': resolve(project, 'client/service-worker.ts') },
      // The worker's address never changes: the browser asks for it anew by itself.
      output: { entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': proxied,
      '/media': proxied,
      '/feeds': proxied,
      '/trace/verify-bundle.mjs': proxied,
      '/.well-known': proxied,
      '/healthz': proxied,
      '/readyz': proxied,
      '/socket.io': { ...proxied, ws: true },
    },
  },
});
