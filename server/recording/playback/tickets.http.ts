// The HTTP calls of tickets: one is given where the right is asked for, and taken where files are fetched without a session.
import { Router } from 'express';
import { z } from 'zod';
import { routes } from '../../contract/http.ts';
import { bind, parse } from '../../edge/http-bind.ts';
import type { Peers } from '../../edge/http-peer.ts';
import { hashOfToken } from '../../identity/token-hash.ts';
import type { RecordingAccess } from '../access/access.ts';
import type { Downloads } from './downloads.ts';
import { type FilesService, isDownload } from './files.service.ts';
import { playlistMime } from './hls.ts';
import { cacheControl, serveBytes } from './serve-bytes.ts';
import type { TicketsService } from './tickets.service.ts';

const Asked = z.object({ ticket: z.string().max(2048), file: z.string().max(80) });

export interface TicketsRouterOptions {
  readonly tickets: TicketsService;
  readonly access: RecordingAccess;
  readonly files: FilesService;
  readonly peers: Pick<Peers, 'of'>;
  readonly downloads: Downloads;
}

export function ticketsHttp({ tickets, access, files, peers, downloads }: TicketsRouterOptions): Router {
  const router = Router();
  bind(router, routes.recordingTicket, async ({ request, params, body, token }) => {
    const allowed = await access.allow(request, params.id, body.file === 'hls' ? 'watch' : 'download');
    return tickets.issue(allowed, body.file, hashOfToken(token ?? ''));
  });
  router.get('/media/recordings/:ticket/:file', async (request, response) => {
    const { ticket, file } = parse(Asked, request.params, 'path');
    response.set('Cache-Control', cacheControl);
    const found = await tickets.redeem(ticket, file, peers.of(request).address);
    if (found.kind === 'playlist') {
      response.set('X-Content-Type-Options', 'nosniff').type(playlistMime).send(found.text);
      return;
    }
    const servable = await files.find(found.allowed, file, 'viewer');
    if (isDownload(file) && request.method === 'GET') await downloads.asked(found.allowed, file);
    await serveBytes(request, response, servable);
  });
  return router;
}
