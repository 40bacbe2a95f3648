// What browsers are told about STUN and TURN, with credentials that end by themselves (the "TURN REST API" of coturn's use-auth-secret).
import { createHmac } from 'node:crypto';
import type { Instant } from '../contract/ids.ts';
import type { IceServer } from '../contract/media.ts';

export interface IceOptions {
  readonly stun: readonly string[];
  readonly turn: readonly string[];
  readonly turnSecret: string | null;
}

const validMs = 12 * 60 * 60 * 1000;

/** Empty unless something is configured: nobody outside is asked. `name` appears in the TURN server's log. */
export function iceServers(options: IceOptions, name: string, now: Instant): readonly IceServer[] {
  const servers: IceServer[] = [];
  if (options.stun.length > 0) servers.push({ urls: [...options.stun] });
  if (options.turn.length > 0 && options.turnSecret !== null) {
    const username = `${Math.floor((now + validMs) / 1000)}:${name}`;
    const credential = createHmac('sha1', options.turnSecret).update(username).digest('base64');
    servers.push({ urls: [...options.turn], username, credential });
  }
  return servers;
}
