// What a student sees: the own lesson only, in friendly words.
import type { Register, RegisterRow } from '../../../server/contract/attendance.ts';
import { type TextKey, useText } from '../../i18n/index.ts';
import { Card } from '../../ui/Card.tsx';
import { Details } from './Details.tsx';
import type { BarFrame } from './PresenceBar.tsx';
import { VerdictChip } from './VerdictChip.tsx';

const sentences: Readonly<Record<RegisterRow['verdict'], TextKey>> = {
  present: 'attendance.own.present',
  late: 'attendance.own.late',
  'left-early': 'attendance.own.left-early',
  absent: 'attendance.own.absent',
  expected: 'attendance.own.expected',
};

export function OwnRegister({
  register,
  row,
  frame,
}: {
  readonly register: Register;
  readonly row: RegisterRow;
  readonly frame: BarFrame;
}) {
  const { t, number, time } = useText();
  const { rule, final, asOf } = register;
  const percent = (share: number) => number(share, { style: 'percent', maximumFractionDigits: 0 });
  const came = row.firstJoinAt === null ? '' : time(row.firstJoinAt);
  return (
    <Card className="register-own">
      <div className="register-own-head">
        <VerdictChip verdict={row.verdict} />
        <p className="register-sentence">
          {t(sentences[row.verdict], { minutes: Math.round(row.minutes), share: percent(row.share), time: came })}
        </p>
        {final ? null : <p className="register-now">{t('attendance.own.soFar', { time: time(asOf) })}</p>}
      </div>
      <Details row={row} frame={frame} headingLevel={2} />
      <p className="register-quiet">{t('attendance.rule', { minutes: rule.lateAfterMinutes, share: percent(rule.presentFromShare) })}</p>
      <p className="register-quiet">{t('attendance.own.wrong')}</p>
    </Card>
  );
}
