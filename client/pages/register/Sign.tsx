// Signs a register and closes it: shows first what is signed, by whom and what that means.
import { useState } from 'react';
import type { Register } from '../../../server/contract/attendance.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { usePerson } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { RuleText } from './RuleText.tsx';
import { useSigning } from './register-query.ts';
import { totalsWords } from './totals-words.ts';

export function Sign({ register, onClose }: { readonly register: Register; readonly onClose: () => void }) {
  const { t, dateTime } = useText();
  const { displayName } = usePerson();
  // What is signed is what one saw when one opened this: a later change is refused, and looked at first.
  const [seen, setSeen] = useState(register);
  const [at] = useState(Date.now);
  const sign = useSigning(register.lessonId, t('register.sign.done'), onClose);
  const isChanged = register.digest !== seen.digest;
  const corrected = seen.rows.filter(({ correction }) => correction !== null).length;
  return (
    <FormDialog
      title={t('register.sign.title')}
      action={t(isChanged ? 'register.sign.lookAgain' : 'register.sign')}
      fault={undefined}
      error={isChanged ? null : sign.error}
      conflict={t('register.conflict')}
      isPending={sign.isPending}
      onSend={() => {
        if (!isChanged) return sign.mutate(seen.digest);
        setSeen(register);
        sign.reset();
      }}
      onClose={onClose}
    >
      <p className="register-sentence">{totalsWords(seen, t)}</p>
      {corrected > 0 ? <p>{t('register.sign.corrected', { n: corrected })}</p> : null}
      <dl className="register-sign">
        <div>
          <dt>{t('register.sign.lesson')}</dt>
          <dd>
            {seen.title}, {dateTime(seen.startsAt)}
          </dd>
        </div>
        <div>
          <dt>{t('register.sign.by')}</dt>
          <dd>{displayName}</dd>
        </div>
        <div>
          <dt>{t('register.sign.at')}</dt>
          <dd className="tabular">{dateTime(at)}</dd>
        </div>
      </dl>
      <RuleText register={seen} />
      <p>{t('register.sign.means')}</p>
      {isChanged ? (
        <Banner tone="warn" announce="assertive">
          {t('register.conflict')}
        </Banner>
      ) : null}
    </FormDialog>
  );
}
