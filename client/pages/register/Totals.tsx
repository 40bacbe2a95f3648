// The register as one sentence, and the rule that it follows.
import type { Register } from '../../../server/contract/attendance.ts';
import { useText } from '../../i18n/index.ts';

export function Totals({ register }: { readonly register: Register }) {
  const { t, time, number } = useText();
  const { totals, final, asOf, startsAt, rule } = register;
  const { expected, here, present, late, leftEarly, absent } = totals;
  const isBefore = asOf < startsAt;
  const parts = isBefore
    ? [t('attendance.totals.expected', { n: expected })]
    : [
        t(final ? 'attendance.totals.wasPresent' : 'attendance.totals.present', { n: present, all: expected }),
        late > 0 ? t('attendance.totals.late', { n: late }) : '',
        leftEarly > 0 ? t('attendance.totals.leftEarly', { n: leftEarly }) : '',
        absent > 0 ? t('attendance.totals.absent', { n: absent }) : '',
      ];
  return (
    <div className="register-totals">
      <p className="register-sentence">{parts.filter(Boolean).join(', ')}</p>
      {final ? null : <p className="register-now">{t('attendance.soFar', { here, all: expected, time: time(asOf) })}</p>}
      <p className="register-quiet">
        {t('attendance.rule', {
          minutes: rule.lateAfterMinutes,
          share: number(rule.presentFromShare, { style: 'percent', maximumFractionDigits: 0 }),
        })}
      </p>
    </div>
  );
}
