// Rows, gaps and corrections for the tests of the register's page.
import type { Correction, Gap, RegisterRow, Verdict } from '../../../server/contract/attendance.ts';
import { PersonId } from '../../../server/contract/ids.ts';

let made = 0;

export function rowOf(name: string, over: Partial<RegisterRow> = {}): RegisterRow {
  return {
    personId: PersonId.parse(`p${++made}`),
    name,
    groups: ['ИС-23-1'],
    role: 'student',
    onRoster: true,
    verdict: 'present',
    computed: 'present',
    why: [],
    correction: null,
    here: false,
    minutes: 50,
    share: 1,
    firstJoinAt: 0,
    lastLeaveAt: 50,
    intervals: [{ from: 0, to: 50, endedBy: 'left' }],
    gaps: [],
    lapses: [],
    lobby: [],
    hidden: [],
    hands: [],
    microphone: [],
    camera: [],
    handsRaised: 0,
    messages: 0,
    microphoneMinutes: 0,
    cameraMinutes: 0,
    lobbyMinutes: 0,
    hiddenMinutes: 0,
    drops: 0,
    devices: 1,
    devicesAtOnce: 1,
    catchUpMinutes: 0,
    viewingMinutes: 0,
    checks: [],
    ...over,
  };
}

export function gapOf(over: Partial<Gap> = {}): Gap {
  return { from: 10, to: 20, endedBy: 'connection-lost', kind: 'network', line: null, beside: null, word: null, forgiven: false, ...over };
}

export function correctionOf(verdict: Verdict): Correction {
  return { verdict, reason: 'Seen in class', by: PersonId.parse('teacher'), byName: 'A. Serik', at: 100 };
}
