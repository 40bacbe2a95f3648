// A whole server in a process of its own whose clock can be moved and whose memory can be asked for by the process that started it.
import { getHeapSpaceStatistics } from 'node:v8';
import { z } from 'zod';
import { Config } from '../../config/schema.ts';

/** What the parent may ask: the clock moved from now on, or a look at the memory when all that is unused is gone. */
const Ask = z.union([z.object({ id: z.number(), skewMs: z.number() }), z.object({ id: z.number(), memory: z.literal(true) })]);

let skewMs = 0;
const RealDate = Date;
/** As if the machine's clock jumped: whoever asks the time of day gets the moved one; timers do not care, as on a real machine. */
globalThis.Date = class extends RealDate {
  constructor(...when: [] | [number | string]) {
    if (when.length === 0) super(RealDate.now() + skewMs);
    else super(...when);
  }

  static override now(): number {
    return RealDate.now() + skewMs;
  }
} as DateConstructor;

// Only now: nothing may have kept the clock as it was.
const { openApp } = await import('../../server/app.ts');
const { openLog } = await import('../../server/log.ts');

const config = Config.parse(JSON.parse(process.env.AUDITORIA_CHAOS_CONFIG ?? '{}'));
const log = openLog({ level: 'info', format: 'json' });
const app = await openApp(config, { clientDir: null, log });
process.send?.({ url: app.url });

process.on('message', (message: unknown) => {
  const ask = Ask.parse(message);
  if ('skewMs' in ask) skewMs = ask.skewMs;
  // All that can go, also what is only kept to be fast.
  else globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  process.send?.({ id: ask.id, heldBytes: heldBytes() });
});

/** Of the heap and the buffers beside it. Without compiled code: how much of it there is depends on how often what was called, for hours. */
function heldBytes(): number {
  const spaces = getHeapSpaceStatistics().filter(({ space_name: name }) => !/code|trusted/.test(name));
  return spaces.reduce((sum, { space_used_size: used }) => sum + used, process.memoryUsage().external);
}

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await app.close('server-stopped');
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
// Whoever started it is gone.
process.on('disconnect', () => void stop());
process.on('unhandledRejection', (error) => {
  log.error({ error }, 'Something failed that nobody waited for');
  process.exit(70);
});
