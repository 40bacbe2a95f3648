// Whether a server runs on this data folder, and how it finds itself. Rule X4.
import { ask } from '../ask.ts';
import { broken, type Check, type Finding, ok, warning, wordsOf } from '../finding.ts';
import type { RunningServer } from '../running-server.ts';

export function serverCheck(running: RunningServer | null): Check {
  return {
    name: 'server',
    async look() {
      if (running === null) return [ok('None runs on this data folder: ports and workers are tried as it would find them')];
      const { instance } = running;
      if (instance === null)
        return [
          warning('One holds the data folder and does not listen yet, or any more', 'Look again in a moment; if it stays so, restart it.'),
        ];
      try {
        const beganAt = performance.now();
        const { status, body } = await ask(`${instance.url}/readyz`, { trusting: true });
        const took = Math.round(performance.now() - beganAt);
        const who = `Version ${instance.version} runs (process ${instance.pid}) at ${instance.url}`;
        if (status === 200) return [ok(`${who} and answers in ${took} ms`)];
        return [notReady(who, body)];
      } catch (error) {
        return [
          broken(
            `The server (process ${instance.pid}) does not answer at ${instance.url}: ${wordsOf(error)}`,
            'Look into its log (journalctl -u auditoria), then restart it.',
          ),
        ];
      }
    },
  };
}

function notReady(who: string, body: string): Finding {
  const parts = /"database":\s*false/.test(body) ? 'the database' : /"media":\s*false/.test(body) ? 'the media workers' : 'a part of it';
  return broken(`${who}, and says that ${parts} does not answer`, 'See what is said of that below; its log says since when.');
}
