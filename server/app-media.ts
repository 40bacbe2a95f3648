// Says what the settings mean for sound and picture: where media ports listen, and which helpers browsers are told of.
import { isIP } from 'node:net';
import type { Config } from '../config/schema.ts';
import type { MediasoupOptions } from './adapters/mediasoup/engine.ts';
import type { Log } from './log.ts';
import type { IceOptions } from './media/ice.ts';
import type { Clock } from './ports/clock.ts';

export function mediasoupOptions({ media, host, announcedIp }: Config, clock: Clock, log: Log): MediasoupOptions {
  return {
    workers: media.workers,
    workerBin: media.workerBin,
    listenIps: media.listenIp.length > 0 ? media.listenIp : [isIP(host) === 0 ? '127.0.0.1' : host],
    announcedAddresses: announcedIp,
    portBase: media.portBase,
    clock,
    log,
  };
}

export function iceOptions({ ice: { stun, turn, turnSecret } }: Pick<Config, 'ice'>): IceOptions {
  return { stun, turn, turnSecrets: turnSecret };
}
