// What was done to the register by hand: every act stays, the newest first.
import type { Register, RegisterAct } from '../../../server/contract/attendance.ts';
import { type Texts, useText } from '../../i18n/index.ts';
import { verdictLooks } from './VerdictChip.tsx';
import { byWords } from './WhyList.tsx';

export function History({ history }: Pick<Register, 'history'>) {
  const { t, dateTime } = useText();
  if (history.length === 0) return null;
  return (
    <section className="register-section register-others">
      <h2>{t('register.history')}</h2>
      <ol className="register-history">
        {history.toReversed().map((act) => (
          <li key={`${act.at} ${act.act.type} ${act.act.type === 'corrected' ? act.act.personId : ''}`}>
            <p className="register-quiet tabular">{byWords(act.byName, dateTime(act.at))}</p>
            <p>{actWords(act.act, t)}</p>
            {act.act.type === 'signed' ? null : <blockquote>{act.act.reason}</blockquote>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function actWords(act: RegisterAct['act'], t: Texts['t']): string {
  if (act.type !== 'corrected') return t(`register.act.${act.type}`);
  const { name, from, to } = act;
  const before = t(verdictLooks[from].word);
  if (to === null) return t('register.act.takenBack', { name, from: before });
  return t('register.act.corrected', { name, from: before, to: t(verdictLooks[to].word) });
}
