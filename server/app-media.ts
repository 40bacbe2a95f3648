// Says what the settings mean for the media engine: its workers, and where they listen.
import { isIP } from 'node:net';
import type { Config } from '../config/schema.ts';
import type { MediasoupOptions } from './adapters/mediasoup/engine.ts';
import type { Listening } from './adapters/mediasoup/listen-infos.ts';
import { limitsFor } from './adapters/mediasoup/placement.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';

export function mediasoupOptions(config: Config, clock: Clock, log: Log, died: () => void): MediasoupOptions {
  const { workers, workerBin } = config.media;
  const limits = limitsFor({ viewersPerWorker: config.capacity.viewersPerCore });
  return { workers, workerBin, limits, ...listeningOf(config), clock, log, died };
}

export function listeningOf({ media, host, announcedIp }: Pick<Config, 'media' | 'host' | 'announcedIp'>): Listening {
  return {
    listenIps: media.listenIp.length > 0 ? media.listenIp : [isIP(host) === 0 ? '127.0.0.1' : host],
    announcedAddresses: announcedIp,
    portBase: media.portBase,
  };
}
