// Whether the register is signed, by whom and when; and the way to sign it or to open it again.
import { useState } from 'react';
import type { Register } from '../../../server/contract/attendance.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { LockIcon, SignatureIcon, UnlockIcon } from '../../ui/icons.ts';
import { Reopen } from './Reopen.tsx';
import { Sign } from './Sign.tsx';

export function Signature({ register }: { readonly register: Register }) {
  const { t, dateTime } = useText();
  const [open, setOpen] = useState<'sign' | 'reopen' | null>(null);
  const { signature, may, lessonId } = register;
  const close = () => setOpen(null);
  return (
    <div className="register-signature">
      {signature ? (
        <Banner
          tone="good"
          icon={LockIcon}
          title={t('register.signed', { name: signature.byName, at: dateTime(signature.at) })}
          action={
            may.reopen ? (
              <Button icon={UnlockIcon} onPress={() => setOpen('reopen')}>
                {t('register.reopen')}
              </Button>
            ) : null
          }
        >
          {t('register.signed.text')}
        </Banner>
      ) : may.sign ? (
        <Banner
          tone="info"
          icon={SignatureIcon}
          title={t('register.open')}
          action={
            <Button kind="primary" onPress={() => setOpen('sign')}>
              {t('register.sign')}
            </Button>
          }
        >
          {t('register.open.text')}
        </Banner>
      ) : null}
      {open === 'sign' ? <Sign register={register} onClose={close} /> : null}
      {open === 'reopen' ? <Reopen lessonId={lessonId} onClose={close} /> : null}
    </div>
  );
}
