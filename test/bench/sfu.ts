// Measures what the server spends on a delivered packet, side by side with the bare SFU, the limit of one core, and Janus.
// npm run bench sfu -- [--viewers=100] [--people=12] [--seconds=10] [--settle=10] [--rounds=3] [--codec=VP8|H264] [--kbps=1200] [--only=lecture|seminar] [--dress=plain|browser]
import { type Case, lecture, type Media, seminar } from './sfu/cases.ts';
import { measureLimit } from './sfu/limit.ts';
import { lostOf, measureSteady, type Steady } from './sfu/measure.ts';
import { openBare } from './subjects/bare.ts';
import { pinSelf } from './subjects/child.ts';
import { janusVersion, openJanus } from './subjects/janus.ts';
import type { Subject } from './subjects/subject.ts';
import { openWhole } from './subjects/whole.ts';
import { median, rangeOf } from './table/figures.ts';
import { atMost, exactly, type Row, told } from './table/row.ts';
import { runBench } from './table/run.ts';

const serverCore = '0';
const clientCore = '1';
const goals = { bare: 1.03, limit: { plain: 2.6, browser: 3.8 }, janus: { lecture: 0.45, seminar: 0.6 } };
const own = ['viewers', 'people', 'seconds', 'settle', 'rounds', 'codec', 'kbps', 'only', 'dress'];

interface Round {
  readonly whole: Steady;
  readonly bare: Steady;
  readonly janus: Steady | null;
  readonly limitUs: number;
}

await runBench('sfu', own, async (options) => {
  const codec = options.text('codec') === 'H264' ? 'H264' : 'VP8';
  const media: Media = { codec, kbps: options.number('kbps', 1200), layers: 3 };
  const shapes = { seconds: options.number('seconds', 10, 3), settleSeconds: options.number('settle', 10, 3), generatorCores: clientCore };
  const rounds = options.number('rounds', 3, 1);
  const janus = janusVersion();
  console.log(janus === null ? 'Janus is not installed (apt-get install janus): it is left out.' : `Janus ${janus}`);
  await pinSelf(clientCore);

  const casesOf = (of: Media) =>
    (['plain', 'browser'] as const).flatMap((dress) => [
      lecture(options.number('viewers', 100, 30), dress, of),
      seminar(options.number('people', 12, 6), dress, of),
    ]);
  // Janus is sent the picture that is watched and no other.
  const single = casesOf({ ...media, layers: 1 });
  const rows: Row[] = [];
  for (const [index, of] of casesOf(media).entries()) {
    if ((options.text('only') ?? of.shape) !== of.shape || (options.text('dress') ?? of.dress) !== of.dress) continue;
    const measured: Round[] = [];
    const run = async (name: string, open: () => Promise<Subject>, which = of): Promise<Steady> => {
      const steady = await measureSteady(open, which, shapes);
      console.log(lineOf(of, name, steady));
      return steady;
    };
    for (let round = 0; round < rounds; round += 1) {
      const limitUs = await measureLimit({
        ...{ subscribers: of.receivers, kbps: media.kbps, seconds: shapes.seconds / 2, core: serverCore, receiverCore: clientCore },
        picturesPerVoice: of.shape === 'lecture' ? 1 : 2,
      });
      const common = { dress: of.dress, cores: serverCore };
      const whole = await run('whole server', () => openWhole({ ...common, workers: 1, rooms: 1, perRoom: of.people }));
      const bare = await run('bare mediasoup app', () => openBare({ ...common, workers: 1 }));
      const janusRun = janus === null ? null : await run('Janus', () => openJanus({ ...common, codec }), single[index]);
      measured.push({ whole, bare, limitUs, janus: janusRun });
    }
    rows.push(...rowsOf(of, measured, janus));
  }
  return rows;
});

function lineOf(of: Case, name: string, { perPacketUs, load, nodeShare, report }: Steady): string {
  const [p50, , p99] = report.videoDelayUs ?? [0, 0, 0];
  const perSecond = Math.round(report.received / report.seconds);
  return `${of.name} · ${name}: ${perPacketUs.toFixed(2)} µs a packet · ${perSecond} packets/s · core ${(load * 100).toFixed(0)} % (first process ${(nodeShare * 100).toFixed(1)} % of it) · missing ${lostOf(of, report)} · delay p50 ${(p50 / 1000).toFixed(1)} p99 ${(p99 / 1000).toFixed(1)} ms`;
}

function rowsOf(of: Case, rounds: readonly Round[], janus: string | null): Row[] {
  const us = { whole: rounds.map(({ whole }) => whole.perPacketUs), limit: rounds.map(({ limitUs }) => limitUs) };
  const bare = rounds.map((round) => round.bare.perPacketUs);
  const whole = median(us.whole);
  const name = `${of.name}: CPU per packet`;
  const each = (values: readonly number[]) => us.whole.map((value, index) => value / (values[index] ?? 1));
  // Where they differ, one of the two was sent a smaller picture, and the ratio is one of different things.
  const rate = (of: 'whole' | 'bare'): string =>
    median(rounds.map((round) => round[of].report.received / round[of].report.seconds)).toFixed(0);
  const rows = [
    atMost(name, whole / median(bare), 'ratio', goals.bare, {
      ratioOf: 'bare mediasoup app',
      note: `${whole.toFixed(2)} µs to ${median(bare).toFixed(2)} µs; in single rounds ${rangeOf(each(bare))}; packets/s ${rate('whole')} and ${rate('bare')}`,
    }),
    atMost(name, whole / median(us.limit), 'ratio', goals.limit[of.dress], {
      ratioOf: 'L1 (sendto + AES-GCM)',
      note: `L1 ${median(us.limit).toFixed(2)} µs`,
    }),
  ];
  const others = rounds.flatMap((round) => (round.janus === null ? [] : [round.janus.perPacketUs]));
  if (janus !== null && others.length > 0) {
    const rest = { ratioOf: `Janus ${janus}`, note: `Janus ${median(others).toFixed(2)} µs` };
    const ratio = whole / median(others);
    // As a browser, Janus estimates nothing towards its subscribers and does less for them: no goal.
    rows.push(of.dress === 'plain' ? atMost(name, ratio, 'ratio', goals.janus[of.shape], rest) : told(name, ratio, 'ratio', rest));
  }
  const missing = rounds.map((round) => lostOf(of, round.whole.report));
  rows.push(exactly(`${of.name}: packets missing`, Math.max(...missing), 'packets', 0));
  return rows;
}
