// The register as one sentence. Pure.
import type { Register } from '../../../server/contract/attendance.ts';
import type { Texts } from '../../i18n/index.ts';

export function totalsWords(
  { totals, final, asOf, startsAt, held }: Pick<Register, 'totals' | 'final' | 'asOf' | 'startsAt' | 'held'>,
  t: Texts['t'],
): string {
  const { expected, present, late, leftEarly, absent, excused, asynchronous } = totals;
  if (asOf < startsAt || !held) return t('attendance.totals.expected', { n: expected });
  return [
    t(final ? 'attendance.totals.wasPresent' : 'attendance.totals.present', { n: present, all: expected }),
    late > 0 && t('attendance.totals.late', { n: late }),
    leftEarly > 0 && t('attendance.totals.leftEarly', { n: leftEarly }),
    absent > 0 && t('attendance.totals.absent', { n: absent }),
    excused > 0 && t('attendance.totals.excused', { n: excused }),
    asynchronous > 0 && t('attendance.totals.asynchronous', { n: asynchronous }),
  ]
    .filter(Boolean)
    .join(', ');
}
