// Serves the built client: hashed files for ever, the page itself asked for anew each time.
import { existsSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { type RequestHandler, Router } from 'express';

const YEAR_MS = 365 * 24 * 3600 * 1000;

/** @param folder with index.html, and assets/ whose names hold a hash of their content */
export function clientFiles(folder: string): Router {
  const router = Router();
  router.use('/assets', precompressed(join(folder, 'assets')));
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: YEAR_MS, index: false, fallthrough: false }));
  router.use(
    express.static(folder, {
      index: false,
      cacheControl: false,
      setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
    }),
  );
  router.use(page(folder));
  return router;
}

/** Answers with the .br that the build has put beside a file, where the browser takes it. */
function precompressed(folder: string): RequestHandler {
  const names = new Set(existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.br')) : []);
  return (request, response, next) => {
    const name = `${request.path.slice(1)}.br`;
    if (names.has(name)) {
      response.vary('Accept-Encoding');
      if (request.acceptsEncodings('br') === 'br') {
        response.type(extname(request.path));
        response.setHeader('Content-Encoding', 'br');
        request.url = `/${name}`;
      }
    }
    next();
  };
}

/** All paths of the client's own router begin with the same page. */
function page(folder: string): RequestHandler {
  return (request, response, next) => {
    const wantsPage = (request.method === 'GET' || request.method === 'HEAD') && request.accepts(['html']) === 'html';
    if (!wantsPage) {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile('index.html', { root: folder, cacheControl: false });
  };
}
