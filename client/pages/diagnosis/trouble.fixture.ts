// Stretches of trouble and steps of a stay, with what a test does not speak of filled in.
import { type DiagnosedLesson, type DiagnosedPerson, type Step, stepMs, type Trouble } from '../../../server/contract/diagnosis.ts';
import { CourseId, FacultyId, LessonId, PersonId } from '../../../server/contract/ids.ts';

export const start = Date.parse('2026-11-22T10:00:00+05:00');
export const minutes = (count: number): number => start + count * 60_000;

export const lesson: DiagnosedLesson = {
  id: LessonId.parse('l1'),
  title: 'Графтар теориясы',
  course: { id: CourseId.parse('c1'), code: 'MAT201', title: 'Дискретті математика', facultyId: FacultyId.parse('f1') },
  startsAt: start,
  endsAt: minutes(50),
};

export function personOf(id: string, name = 'Әбдіқадырова Аружан'): DiagnosedPerson {
  return { id: PersonId.parse(id), name, role: 'student' };
}

export function troubleOf(change: Partial<Trouble> = {}): Trouble {
  return {
    ...{ id: 't1', person: personOf('p1'), lesson, from: minutes(5), to: minutes(9), isNow: false, kinds: ['sound-gaps'], severity: 'bad' },
    worst: {
      ...{ lossDown: 0.12, lossUp: null, roundTripMs: 80, jitterMs: 20, concealed: 0.3, freezes: 0, frozenMs: 0, drops: 0, ladder: 'all' },
    },
    ...{ device: 'Chrome, Windows', network: '10.1.2.0/24', worker: 4242 },
    hint: { cause: 'own-line', isSure: true, evidence: [] },
    ...change,
  };
}

/** The n-th ten seconds of the lesson. */
export function stepOf(n: number, change: Partial<Step> = {}): Step {
  return {
    ...{ at: start + n * stepMs, connection: 0, ice: 'connected', lossDown: 0, lossUp: 0, roundTripMs: 40, jitterMs: 5 },
    ...{ downBps: 800_000, upBps: 100_000, ladder: 'all', ladderWhy: 'line', worker: 4242, kinds: [], severity: null },
    device: {
      ...{ concealed: 0, jitterMs: 10, freezes: 0, frozenMs: 0, pictures: 4, height: 720, fps: 25, limitedBy: 'none', sentHeight: null },
    },
    way: { protocol: 'udp', client: { candidate: 'host', protocol: 'udp', network: 'wifi' } },
    ...change,
  };
}
