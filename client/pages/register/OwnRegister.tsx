// What a student sees: the own lesson only, in friendly words, and whom to ask when something is wrong.
import { useQuery } from '@tanstack/react-query';
import type { Register, RegisterRow } from '../../../server/contract/attendance.ts';
import { lessonRoutes } from '../../../server/contract/routes-lessons.ts';
import { api } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Card } from '../../ui/Card.tsx';
import { Details } from './Details.tsx';
import type { BarFrame } from './frame.ts';
import { RuleText } from './RuleText.tsx';
import { RowVerdict, verdictLooks } from './VerdictChip.tsx';

type OwnRegisterProps = { readonly register: Register; readonly row: RegisterRow; readonly frame: BarFrame };

export function OwnRegister({ register, row, frame }: OwnRegisterProps) {
  const { t, number, time, dateTime } = useText();
  const { final, asOf, signature, lessonId } = register;
  const { data: lesson } = useQuery({
    queryKey: ['lesson', lessonId],
    queryFn: ({ signal }) => api(lessonRoutes.lesson, { params: { id: lessonId }, signal }),
  });
  const share = number(row.share, { style: 'percent', maximumFractionDigits: 0 });
  const came = row.firstJoinAt === null ? '' : time(row.firstJoinAt);
  const teacher = lesson?.teacher.displayName;
  return (
    <Card className="register register-own">
      <div className="register-own-head">
        <RowVerdict row={row} />
        <p className="register-sentence">
          {row.correction
            ? t('register.own.corrected', { verdict: t(verdictLooks[row.verdict].word) })
            : t(`attendance.own.${row.verdict}`, { minutes: Math.round(row.minutes), share, time: came })}
        </p>
        {final ? null : <p className="register-now">{t('attendance.own.soFar', { time: time(asOf) })}</p>}
      </div>
      <Details row={row} register={register} frame={frame} headingLevel={2} />
      <RuleText register={register} />
      <p className="register-quiet">
        {signature ? t('register.own.signed', { name: signature.byName, at: dateTime(signature.at) }) : t('register.own.open')}
      </p>
      <p>{teacher === undefined ? t('attendance.own.wrong') : t('register.own.wrong', { teacher })}</p>
    </Card>
  );
}
