// What was counted of one person: presence, and all that is counted apart from it.
import type { ReactNode } from 'react';
import type { RegisterRow } from '../../../server/contract/attendance.ts';
import { useText } from '../../i18n/index.ts';
import { CheckSign } from './Timeline.tsx';

export function Figures({ row, headingLevel }: { readonly row: RegisterRow; readonly headingLevel: 2 | 3 }) {
  const Heading = `h${headingLevel}` as const;
  const { t, number, time } = useText();
  const share = number(row.share, { style: 'percent', maximumFractionDigits: 0 });
  const minutes = (value: number) => t('attendance.minutes', { n: Math.round(value) });
  const figures: readonly (readonly [string, ReactNode])[] = [
    [t('attendance.column.minutes'), `${minutes(row.minutes)} · ${share}`],
    [t('register.column.catchUp'), minutes(row.catchUpMinutes)],
    [t('register.column.viewing'), minutes(row.viewingMinutes)],
    [t('attendance.column.microphone'), minutes(row.microphoneMinutes)],
    [t('attendance.column.camera'), minutes(row.cameraMinutes)],
    [t('attendance.column.hands'), number(row.handsRaised)],
    [t('attendance.column.messages'), number(row.messages)],
    [t('register.column.hidden'), minutes(row.hiddenMinutes)],
    [t('register.column.lobby'), minutes(row.lobbyMinutes)],
    [t('attendance.column.drops'), number(row.drops)],
    [t('attendance.column.devices'), t('register.devices', { n: row.devices, once: row.devicesAtOnce })],
  ];
  return (
    <section className="register-part">
      <Heading className="register-part-title">{t('register.figures')}</Heading>
      <dl className="register-figures">
        {figures.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
        {row.checks.map(({ checkId, at, outcome }) => (
          <div key={checkId}>
            <dt>{t('register.checkAt', { at: time(at) })}</dt>
            <dd className={`register-check bar-check-${outcome}`}>
              <CheckSign outcome={outcome} />
              <span>{t(`register.check.${outcome}`)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
