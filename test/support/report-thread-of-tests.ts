// A thread in place of that of reports: ends in the midst of a term's report, never answers a faculty's, and names itself in all others.
import { parentPort, threadId } from 'node:worker_threads';
import type { FromThread, ToThread } from '../../server/reports/messages.ts';

parentPort?.on('message', (message: ToThread) => {
  if (message.type === 'stop') parentPort?.close();
  else if (message.report.kind === 'term') process.exit(1);
  else if (message.report.kind !== 'faculty') {
    const bytes = new TextEncoder().encode(String(threadId));
    const answer = { bytes, title: '', subtitle: '', next: null };
    parentPort?.postMessage({ type: 'answer', number: message.number, answer } satisfies FromThread);
  }
});
