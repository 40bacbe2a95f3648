// Coming in, step by step: the token for a room, the socket, the room itself; how long it took, and why it failed.
import { routes } from '../../contract/http.ts';
import type { RefusalCode } from '../../contract/reply.ts';
import { answerSeconds, type Instruments } from './instruments.ts';

/**
 * `token`: asked for by HTTP. `socket`: opened with it. `room`: `room:join`, answered when somebody is in, or waits in the lobby.
 * `media`: sound and picture have found their way, or none (`no-way`).
 */
export type JoinStep = 'token' | 'socket' | 'room' | 'media';

const tokenRoutes = new Set(
  [routes.enter, routes.enterAsGuest].map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
);

export interface JoinMetrics {
  step(step: JoinStep, outcome: 'ok' | 'no-way' | RefusalCode): void;
  joined(durationMs: number): void;
  /** Any HTTP request, its route as `GET /path`: those count that give a token. */
  asked(route: string, refusal: RefusalCode | null): void;
}

export function joinMetrics(instruments: Instruments): JoinMetrics {
  const joins = instruments.counter('joins_total', 'Steps of coming in, by their outcome: ok, or the code of the refusal', [
    'step',
    'outcome',
  ]);
  const seconds = instruments.histogram('join_seconds', 'Time to let somebody into a room', answerSeconds);
  const step = (name: JoinStep, outcome: string) => joins.inc({ step: name, outcome });
  // An alert on a rate sees the first failure only where there was a nought before.
  for (const outcome of ['ok', 'no-way']) joins.inc({ step: 'media', outcome }, 0);
  for (const name of ['token', 'socket', 'room'] as const)
    for (const outcome of ['ok', 'internal', 'media-unavailable', 'database-away', 'too-many-requests'])
      joins.inc({ step: name, outcome }, 0);
  return {
    step,
    joined: (durationMs) => seconds.observe(durationMs / 1000),
    asked(route, refusal) {
      if (tokenRoutes.has(route)) step('token', refusal ?? 'ok');
    },
  };
}
