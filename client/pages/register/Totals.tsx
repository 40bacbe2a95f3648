// The register as one sentence, when who teaches was there, and the rule that it follows.
import type { Register } from '../../../server/contract/attendance.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { RuleText } from './RuleText.tsx';
import { totalsWords } from './totals-words.ts';

export function Totals({ register }: { readonly register: Register }) {
  const { t, time } = useText();
  const { totals, final, asOf, held, teaching, rosterRecorded } = register;
  return (
    <div className="register-totals">
      <p className="register-sentence">{totalsWords(register, t)}</p>
      {final ? null : (
        <p className="register-now">{t('attendance.soFar', { here: totals.here, all: totals.expected, time: time(asOf) })}</p>
      )}
      {held ? null : (
        <Banner tone="warn" title={t('register.notHeld')}>
          {t('register.notHeld.text')}
        </Banner>
      )}
      {teaching.firstAt === null ? null : (
        <p className="register-quiet">
          {teaching.delayMinutes >= 1
            ? t('register.teaching.late', { at: time(teaching.firstAt), n: Math.round(teaching.delayMinutes) })
            : t('register.teaching.inTime', { at: time(teaching.firstAt) })}{' '}
          {t('register.teaching.minutes', { n: Math.round(teaching.minutes) })}
        </p>
      )}
      {final && !rosterRecorded ? <p className="register-quiet">{t('register.rosterToday')}</p> : null}
      <RuleText register={register} />
    </div>
  );
}
