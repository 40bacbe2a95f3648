// People of a class take nothing of what they are sent, and their lines stay open: the server lets go of them, and its memory does not grow.
import { setTimeout as wait } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';
import type { Person } from '../support/person.ts';

const silent = 10;
const writers = 8;
const words = 'so many words '.repeat(140);
/** More than a heartbeat and its answer, and more than the time for which nothing may be taken. */
const patienceMs = 60_000;

export const readsNothing: Scenario = {
  name: 'reads-nothing',
  says: `${silent} people of a class read nothing of what they are sent`,
  databases: ['sqlite'],
  touches: 'nobody',
  silenceMs: null,
  async strike(world) {
    const deaf = Array.from({ length: silent }, (_, index) => world.spare(0, index));
    const loud = Array.from({ length: writers }, (_, index) => world.spare(0, silent + index));
    await Promise.all([...deaf, ...loud].map((one) => one.comeIn()));
    for (const one of deaf) stopReading(one);
    let isOver = false;
    const talking = loud.map(async (one) => {
      while (!isOver) await Promise.all([one.write(words), wait(600)]);
    });
    const began = performance.now();
    const lines = deaf.map(({ snapshot }) => snapshot.self.connectionId);
    const isCut = async () =>
      (
        await world.look((db) =>
          db.selectFrom('trace_entry').select('seq').where('kind', '=', 'connection-dropped').where('connection_id', 'in', lines).execute(),
        )
      ).length >= silent;
    let cutAfterMs: number | null = null;
    while (cutAfterMs === null && performance.now() - began < patienceMs) {
      await wait(1000);
      if (await isCut()) cutAfterMs = performance.now() - began;
    }
    isOver = true;
    await Promise.all(talking);
    for (const one of deaf) one.vanish();
    await Promise.all(loud.map((one) => one.leave()));
    const faults = cutAfterMs === null ? ['who reads nothing was not cut off'] : [];
    return { hit: [], faults, note: cutAfterMs === null ? '' : `all cut off after ${Math.round(cutAfterMs / 1000)} s` };
  },
};

/** The socket stays open; its buffers fill up, ours first, then the server's. */
function stopReading({ socket }: Person): void {
  const { transport } = socket.io.engine;
  const carrier: unknown = 'ws' in transport ? transport.ws : null;
  if (typeof carrier !== 'object' || carrier === null || !('pause' in carrier) || typeof carrier.pause !== 'function')
    throw new Error('There is no WebSocket');
  carrier.pause();
}
