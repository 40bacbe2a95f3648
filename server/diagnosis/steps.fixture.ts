// Steps as tests make them: fine ones, and what differs.
import type { StepFigures } from './steps.ts';

export const fineStep: StepFigures = {
  ...{ ice: 'connected', ladder: 'all', ladderWhy: 'line', isHidden: false, isCutOff: false, mediaFailed: false, lost: null },
  protocol: 'udp',
  server: { lossDown: 0, lossUp: 0, roundTripMs: 40, jitterMs: 3, downBps: 900_000, upBps: 700_000 },
  device: {
    path: { candidate: 'host', protocol: 'udp', network: 'wifi' },
    heard: { concealed: 0, jitterMs: 4 },
    seen: { freezes: 0, frozenMs: 0, pictures: 4, height: 720, fps: 25 },
    sent: { limitedBy: 'none', height: 720, fps: 25 },
  },
};

export function step(differs: Partial<StepFigures>): StepFigures {
  return { ...fineStep, ...differs };
}

export function measured(server: Partial<NonNullable<StepFigures['server']>>): StepFigures {
  return step({ server: { ...{ lossDown: 0, lossUp: 0, roundTripMs: 40, jitterMs: 3, downBps: 900_000, upBps: 700_000 }, ...server } });
}

export function told(device: Partial<NonNullable<StepFigures['device']>>): StepFigures {
  return step({ device: { path: null, heard: null, seen: null, sent: null, ...device } });
}
