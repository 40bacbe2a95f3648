// How the client is built and served while developing.
import { resolve } from 'node:path';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const project = resolve(import.meta.dirname, '../..');
const server = process.env.AUDITORIA_DEV_SERVER ?? 'http://127.0.0.1:3000';
// The Host header stays as the browser sent it: the server compares it with the Origin.
const proxied = { target: server, changeOrigin: false };

export default defineConfig({
  root: resolve(project, 'client'),
  base: '/',
  cacheDir: resolve(project, 'node_modules/.vite'),
  plugins: [
    // react-aria's built-in strings are all left out: client/i18n/aria.ts supplies them per language.
    { ...optimizeLocales.vite({ locales: [] }), enforce: 'pre' },
    react(),
  ],
  build: {
    outDir: resolve(project, 'dist/client'),
    emptyOutDir: true,
    sourcemap: 'hidden',
    // The content security policy allows neither inline scripts nor data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': proxied,
      '/healthz': proxied,
      '/readyz': proxied,
      '/socket.io': { ...proxied, ws: true },
    },
  },
});
