// Sockets: what is asked over them and how it ended, and those that were refused, cut off or lost.
import type { SocketHearer } from '../../edge/socket.ts';
import { answerSeconds, type Instruments } from './instruments.ts';
import type { JoinMetrics } from './joins.ts';

export interface SocketMetrics extends SocketHearer {
  set(open: number): void;
}

export function socketMetrics(instruments: Instruments, joins: JoinMetrics): SocketMetrics {
  const requests = instruments.counter('socket_requests_total', 'Socket requests by outcome: ok, ignored, or the code of the refusal', [
    'request',
    'outcome',
  ]);
  const seconds = instruments.histogram('socket_request_seconds', 'Time to answer a socket request', answerSeconds, ['request']);
  const cuts = instruments.counter('socket_cuts_total', 'Sockets that the server cut off: they asked too much, or took too little', [
    'why',
  ]);
  for (const why of ['too-much', 'too-slow'] as const) cuts.inc({ why }, 0);
  const open = instruments.gauge('sockets', 'Open sockets');
  return {
    answered(request, outcome, durationMs) {
      requests.inc({ request, outcome });
      seconds.observe({ request }, durationMs / 1000);
      if (request !== 'room:join' || outcome === 'ignored') return;
      joins.step('room', outcome);
      if (outcome === 'ok') joins.joined(durationMs);
    },
    shown: (outcome) => joins.step('socket', outcome),
    cut: (why) => cuts.inc({ why }),
    set: (count) => open.set(count),
  };
}
