// How a register judges, in plain sentences: the same for who sets the rule and for who is judged by it. Pure.
import type { AttendanceRule } from '../../../server/contract/attendance.ts';
import type { Texts } from '../../i18n/index.ts';

export function ruleWords(rule: AttendanceRule, { t, number }: Pick<Texts, 't' | 'number'>): readonly string[] {
  const percent = (share: number) => number(share, { style: 'percent', maximumFractionDigits: 0 });
  const { lateAfterMinutes, presentFromShare, shareOf, earlyLeaveMinutes, forgiveGapMinutes, viewing, missedChecks } = rule;
  return [
    t('register.rule.late', { n: lateAfterMinutes }),
    t('register.rule.present', { share: percent(presentFromShare), of: shareOf, n: earlyLeaveMinutes }),
    t('register.rule.leftEarly'),
    t('register.rule.gaps', { n: forgiveGapMinutes }),
    viewing.counts === 'apart'
      ? t('register.rule.viewingApart')
      : t('register.rule.viewing', { share: percent(viewing.fromShare), days: viewing.withinDays }),
    missedChecks === null ? t('register.rule.checksApart') : t('register.rule.checks', { n: missedChecks }),
  ];
}
