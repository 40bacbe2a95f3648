// The headers that tell browsers what our pages may do: no foreign content, no frames, no inline script.
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Peers } from './http-peer.ts';

const YEAR_SECONDS = 365 * 24 * 3600;

/** https://www.w3.org/TR/CSP3/ */
export function safetyHeaders(peers: Peers): RequestHandler {
  const common = helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  return (request, response, next) => {
    const { secure, host } = peers.of(request);
    response.setHeader('Content-Security-Policy', contentSecurityPolicy(secure, host));
    response.setHeader(
      'Permissions-Policy',
      'camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), speaker-selection=(self), screen-wake-lock=(self), geolocation=(), payment=(), usb=()',
    );
    if (secure) response.setHeader('Strict-Transport-Security', `max-age=${YEAR_SECONDS}; includeSubDomains`);
    common(request, response, next);
  };
}

function contentSecurityPolicy(secure: boolean, host: string): string {
  // Safari before 15.4 does not count WebSockets to the same host as 'self'. The host is the caller's own word: only a plain one goes in.
  const socket = /^[A-Za-z0-9.:[\]-]+$/.test(host) ? ` ${secure ? 'wss' : 'ws'}://${host}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${socket}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
}
