// What browsers are told about STUN and TURN, with passwords that end by themselves (the "TURN REST API" of coturn's use-auth-secret).
import { createHmac } from 'node:crypto';
import type { Instant } from '../contract/ids.ts';
import type { IceServer } from '../contract/media.ts';

export interface IceOptions {
  readonly stun: readonly string[];
  readonly turn: readonly string[];
  readonly turnSecret: string | null;
}

/** Longer than any class with its lobby; whoever joins, or looks for a new path, is given a new password. */
const validForClassMs = 6 * 60 * 60 * 1000;

/**
 * Empty unless something is configured: nobody outside is asked.
 * @param name of whom it is given to, as it appears in the TURN server's log and is counted by its quota; an id, not what people are called (U4)
 */
export function iceServers(options: IceOptions, name: string, now: Instant, validMs = validForClassMs): readonly IceServer[] {
  const { stun, turn, turnSecret } = options;
  const servers: IceServer[] = [];
  if (stun.length > 0) servers.push({ urls: [...stun] });
  if (turn.length > 0 && turnSecret !== null) {
    const username = `${Math.floor((now + validMs) / 1000)}:${name}`;
    const credential = createHmac('sha1', turnSecret).update(username).digest('base64');
    servers.push({ urls: [...turn], username, credential });
  }
  return servers;
}
