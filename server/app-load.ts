// Builds the load page: what the server carries now and did in the last hour, and what administrators do about it.
import type { Router } from 'express';
import type { Config } from '../config/schema.ts';
import type { Rooms } from './app-rooms.ts';
import type { Audit } from './audit/audit.service.ts';
import { loadHttp } from './load/load.http.ts';
import { LoadService } from './load/load.service.ts';
import { type StatusOptions, StatusService } from './load/status.service.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import type { MediaEngine } from './ports/media.ts';

export interface Load {
  readonly router: Router;
  /** For the socket server: every answered request. */
  answered(name: string, outcome: string, durationMs: number): void;
  close(): void;
}

interface Parts {
  readonly config: Pick<Config, 'dataDir'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  readonly engine: MediaEngine;
  readonly rooms: Rooms;
  readonly recording: StatusOptions['recording'];
  readonly version: string;
}

export function openLoad({ config, clock, log, audit, engine, rooms, recording, version }: Parts): Load {
  const figures = new StatusService({
    ...{ version, clock, dataDir: config.dataDir, engine, recording },
    ...{ rooms: rooms.service, media: rooms.media },
    sockets: () => rooms.sockets.engine.clientsCount,
  });
  const load = new LoadService({ clock, log, audit, figures, engine, rooms: rooms.service });
  return {
    router: loadHttp(load),
    answered: (name, outcome, durationMs) => figures.answered(name, outcome, durationMs),
    close() {
      load.close();
      figures.close();
    },
  };
}
