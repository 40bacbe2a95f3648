// What it costs the whole server that everybody's browser reports over its socket.
import { cpuOf, quiet } from '../subjects/cpu.ts';
import { openWhole } from '../subjects/whole.ts';
import { wait } from '../table/figures.ts';
import type { Line } from '../wire/line.ts';

/** As browsers do whose line is well; one in ten has trouble and tells every ten seconds. */
const everyMs = (place: number): number => (place % 10 === 0 ? 10_000 : 30_000);
const perRoom = 50;
const atATime = 25;

const report = {
  ofMs: 30_000,
  path: { candidate: 'host', protocol: 'udp', network: 'wifi' },
  heard: { concealed: 0.0123, jitterMs: 7.25 },
  seen: { freezes: 0, frozenMs: 0, pictures: 5, height: 720, fps: 24.5 },
  sent: { limitedBy: 'none', height: 720, fps: 24.9 },
} as const;

/** Shares of one core, of the main process: without and with reports. */
export async function costOfReports(people: number, seconds: number): Promise<{ readonly without: number; readonly with: number }> {
  const server = await openWhole({
    rooms: Math.ceil(people / perRoom),
    perRoom,
    workers: 1,
    viewersPerCore: 2000,
    dress: 'browser',
    cores: null,
  });
  try {
    const lines: Line[] = [];
    for (let from = 0; from < people; from += atATime) {
      const seats = Array.from({ length: Math.min(atATime, people - from) }, (_, index) => from + index);
      const came = seats.map((seat) =>
        server.enter({ room: Math.floor(seat / perRoom), seat: seat % perRoom, sends: [], sender: null, receiver: null }),
      );
      lines.push(...(await Promise.all(came)).map(({ line }) => line));
    }
    await quiet(server.pid);
    const share = async (work: () => Promise<void>): Promise<number> => {
      const before = cpuOf(server.pid).ownMs;
      await work();
      return (cpuOf(server.pid).ownMs - before) / (seconds * 1000);
    };
    const without = await share(() => wait(seconds * 1000));
    const withReports = await share(async () => {
      // Spread, as browsers are that came one after the other.
      const told = lines.map(async (line, place) => {
        await wait((place / lines.length) * everyMs(place));
        for (let passed = 0; passed < seconds * 1000; passed += everyMs(place)) {
          const answered = line.ask('media:report', report);
          await wait(everyMs(place));
          await answered;
        }
      });
      await Promise.race([Promise.all(told), wait(seconds * 1000)]);
      void Promise.allSettled(told);
    });
    return { without, with: withReports };
  } finally {
    await server.close();
    await server.remove();
  }
}
