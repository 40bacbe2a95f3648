// A server's outbox in a process of its own, that a test can kill: writes hands one after the other, sends them, and ends when all are told.
import { Config } from '../../config/schema.ts';
import { systemClock } from '../../server/adapters/system-clock.ts';
import { openOutbox } from '../../server/app-outbox.ts';
import { AuditService } from '../../server/audit/audit.service.ts';
import { AuditStore } from '../../server/audit/audit.store.ts';
import { openDatabase } from '../../server/database/open.ts';
import { openLog } from '../../server/log.ts';
import { TraceStore } from '../../server/trace/trace.store.ts';
import { entryOf } from '../../server/trace/trace.ts';
import { handOf, publicUrl } from './outboxed.ts';

const [where = '', records = '{}', wanted = '0'] = process.argv.slice(2);
const { db, close } = await openDatabase(where);
const outbox = await openOutbox({
  config: Config.parse({ publicUrl, records: JSON.parse(records) }),
  ...{ db, clock: systemClock, random: () => 0 },
  log: openLog({ level: 'silent', format: 'json' }),
  audit: new AuditService({ store: new AuditStore(db), clock: systemClock }),
});
const { alsoWrite, service } = outbox;
const trace = new TraceStore(db, alsoWrite && { alsoWrite });
outbox.start();
const written = await db
  .selectFrom('trace_entry')
  .select((eb) => eb.fn.countAll<number | string>().as('count'))
  .executeTakeFirstOrThrow();
for (let number = Number(written.count) + 1; number <= Number(wanted); number += 1) {
  const entry = entryOf(handOf(number));
  if (entry !== null) await trace.append([entry]);
  service.look();
  // Few to a batch, so that there are many moments at which it can be killed.
  if (number % 3 === 0) await outbox.settled();
}
const isTold = async () => (await service.destinations()).destinations.every((one) => one.position === Number(wanted));
while (!(await isTold())) {
  service.look();
  await outbox.settled();
}
await outbox.close();
await close();
