// The HTTP calls of links: making, revoking, and opening one, which sets a cookie for its one recording.
import { type Request, Router } from 'express';
import { routes } from '../../contract/http.ts';
import { bind } from '../../edge/http-bind.ts';
import type { RecordingAccess } from '../access/access.ts';
import type { LinksService } from './links.service.ts';

const COOKIE = 'auditoria_recording';

/** @param now for the life of the cookie */
export function linksHttp(links: LinksService, access: RecordingAccess, now: () => number): Router {
  const router = Router();
  bind(router, routes.recordingLinks, async ({ request, params }) => ({
    links: await links.list(await access.allowPerson(request, params.id, 'edit')),
  }));
  bind(router, routes.linkRecording, async ({ request, params, body, origin }) => {
    const { link, token } = await links.add(await access.allowPerson(request, params.id, 'edit'), body);
    return { link, url: `${origin}/watch/${token}` };
  });
  bind(router, routes.unlinkRecording, async ({ request, params }) => {
    await links.revoke(await access.allowPerson(request, params.id, 'edit'), params.linkId);
    return {};
  });
  bind(router, routes.sharedRecording, ({ params }) => links.ask(params.token));
  bind(router, routes.openSharedRecording, async ({ params, body, peer, response }) => {
    const { recordingId, expiresAt, cookie } = await links.open(params.token, body.password, peer.address);
    // Sent back to this recording's calls only: whoever was given two links keeps both.
    const path = `/api/recordings/${recordingId}`;
    response.cookie(COOKIE, cookie, { httpOnly: true, sameSite: 'lax', secure: peer.secure, path, maxAge: expiresAt - now() });
    return { recordingId, expiresAt };
  });
  return router;
}

/** What the browser was given when the link was opened; null: nothing. */
export function linkCookieOf({ headers }: Pick<Request, 'headers'>): string | null {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === COOKIE && value && value.length <= 4096) return value;
  }
  return null;
}
