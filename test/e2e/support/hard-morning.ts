// One stay in which much went wrong: refused, in the waiting room, losing ever more, lost, and back on another device over a relay; and the page that is answered all of it.
import type { Page } from '@playwright/test';
import type { z } from 'zod';
import { Stay, type Step, stepMs } from '../../../server/contract/diagnosis.ts';
import { dormitory, hardMoment, hints, kinds, lessonOf, minute, people, staysAt, troubleOf, troublesAt, worstOf } from './hard-answers.ts';

type StepIn = z.input<typeof Step>;

/** Fifty minutes: well, then ever more lost, a line that broke, a way over a relay, and little that is sent. */
function stepsFrom(from: number): StepIn[] {
  return Array.from({ length: 300 }, (_, n): StepIn[] => {
    const isBad = n >= 60 && n < 96;
    const isAway = n >= 96 && n < 108;
    const isLate = n >= 108 && n < 150;
    if (isAway) return [];
    const loss = isBad ? 0.04 + 0.004 * (n - 60) : 0;
    return [
      {
        ...{
          at: from + n * stepMs,
          connection: n < 96 ? 0 : 1,
          ice: 'connected',
          worker: 48213,
          downBps: isLate ? 96_000 : 1_340_000,
          upBps: 62_000,
        },
        ...{
          lossDown: loss,
          lossUp: isBad ? loss / 3 : 0,
          roundTripMs: isLate ? 900 + 20 * (n - 108) : 40 + (n % 7) * 3,
          jitterMs: isBad ? 40 : 4,
        },
        ...{ ladder: isLate ? 'stills' : isBad ? 'fewer-cameras' : 'all', ladderWhy: 'line' },
        device:
          n % 50 === 17
            ? null
            : {
                ...{
                  concealed: isBad ? loss * 1.5 : 0,
                  jitterMs: 12,
                  freezes: isBad ? 1 : 0,
                  frozenMs: isBad ? (n - 60) * 120 : 0,
                  pictures: 4,
                },
                ...{ height: isLate ? null : 720, fps: isLate ? null : 24, limitedBy: isBad ? 'bandwidth' : 'none', sentHeight: 180 },
              },
        way: {
          protocol: n < 96 ? 'udp' : 'tcp',
          client: { candidate: n < 96 ? 'host' : 'relay', protocol: n < 96 ? 'udp' : 'tls', network: 'wifi' },
        },
        kinds: isBad ? ['loss', 'sound-gaps', 'frozen', 'reduced'] : isLate ? ['delay', 'reduced'] : [],
        severity: isBad ? (n > 84 ? 'unusable' : 'bad') : isLate ? 'slight' : null,
      },
    ];
  }).flat();
}

function stayAt(at: number) {
  const from = at - 10 * minute;
  const step = (n: number) => from + n * stepMs;
  const troubles = [
    {
      ...troubleOf(6, at),
      ...{
        id: 'a',
        from: step(60),
        to: step(108),
        severity: 'unusable',
        kinds: kinds[1],
        worst: worstOf({ lossDown: 0.18, concealed: 0.28, frozenMs: 74_000, drops: 1, ladder: 'fewer-cameras' }),
      },
      hint: hints[1],
    },
    {
      ...troubleOf(7, at),
      ...{
        id: 'b',
        from: step(108),
        to: step(150),
        severity: 'slight',
        kinds: ['delay', 'reduced'],
        worst: worstOf({ roundTripMs: 1720, ladder: 'stills' }),
      },
      hint: hints[6],
    },
  ];
  return Stay.parse({
    ...{ now: step(300), seesNetworks: true, lesson: lessonOf(0, at), steps: stepsFrom(from), troubles },
    person: { id: 'p-0', name: people[0], role: 'student', participantId: 'part-0' },
    connections: [
      {
        connectionId: 'k-0',
        device: 'Chrome, Windows',
        network: dormitory,
        openedAt: step(0),
        closedAt: step(101),
        closedBy: 'connection-lost',
      },
      {
        connectionId: 'k-1',
        device: 'Safari, iPhone',
        network: '178.91.44.0/24',
        openedAt: step(108),
        closedAt: step(300),
        closedBy: 'class-ended',
      },
    ],
    events: [
      { type: 'refused', at: step(0) - 40_000, where: 'door', refusal: 'too-early', times: 3, device: 'Chrome, Windows' },
      { type: 'waiting-began', at: step(0) - 20_000 },
      { type: 'waiting-ended', at: step(0), how: 'admitted' },
      { type: 'joined', at: step(0), role: 'student' },
      { type: 'opened', at: step(0), connection: 0 },
      { type: 'page-hidden', at: step(30), connection: 0 },
      { type: 'page-shown', at: step(34), connection: 0 },
      { type: 'dropped', at: step(96), connection: 0, cause: 'line-silent', ice: 'failed', lossPercent: 22 },
      { type: 'closed', at: step(101), connection: 0, reason: 'connection-lost' },
      { type: 'opened', at: step(108), connection: 1 },
      { type: 'media-failed', at: step(200) },
      { type: 'media-restored', at: step(200) + 3000 },
      { type: 'left', at: step(300), reason: 'class-ended' },
    ],
  });
}

/** From now on the page is answered this, whatever it asks. */
export async function showHardMorning(page: Page): Promise<void> {
  const at = hardMoment();
  await page.route('**/api/diagnosis/troubles?*', (route) => route.fulfill({ json: troublesAt(at) }));
  await page.route('**/api/diagnosis/stays?*', (route) => route.fulfill({ json: staysAt(at) }));
  await page.route('**/api/diagnosis/lessons/*/people/*', (route) => route.fulfill({ json: stayAt(at) }));
}
