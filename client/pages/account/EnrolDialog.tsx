// Hands the secret to the authenticator, as a picture and as text, and confirms by a code that it arrived.
import { useMutation } from '@tanstack/react-query';
import { create } from 'qrcode';
import { type FormEvent, useId, useState } from 'react';
import { accountRoutes } from '../../../server/contract/routes-accounts.ts';
import { api, errorCode } from '../../app/api.ts';
import { CopyButton } from '../../app/CopyButton.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

interface EnrolDialogProps {
  readonly secret: { readonly secret: string; readonly uri: string };
  readonly onClose: () => void;
  readonly onDone: (recoveryCodes: readonly string[]) => void;
}

export function EnrolDialog({ secret: { secret, uri }, onClose, onDone }: EnrolDialogProps) {
  const { t, refusal } = useText();
  const form = useId();
  const [code, setCode] = useState('');
  const [looked, setLooked] = useState(false);
  const digits = code.replace(/\D/g, '');
  const confirm = useMutation({
    mutationFn: () => api(accountRoutes.confirmSecondFactor, { body: { code: digits } }),
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
    onError: () => setCode(''),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLooked(true);
    if (digits.length === 6) confirm.mutate();
  };
  return (
    <Dialog
      isOpen
      isDismissable={false}
      onOpenChange={(open) => !open && onClose()}
      title={t('account.sf.enrol.title')}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} isPending={confirm.isPending}>
            {t('account.sf.enrol.confirm')}
          </Button>
        </>
      }
    >
      <form id={form} className="account-stack" noValidate onSubmit={submit}>
        <p>{t('account.sf.enrol.app')}</p>
        <QrCode text={uri} label={t('account.sf.enrol.qr')} />
        <p>{t('account.sf.enrol.type')}</p>
        <code className="account-key">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        <CopyButton kind="quiet" text={secret} label={t('account.sf.enrol.copy')} />
        <TextField
          label={t('account.sf.enrol.code')}
          help={t('account.sf.enrol.codeHelp')}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={setCode}
          fault={looked && digits.length !== 6 && !confirm.isPending && !confirm.error ? t('account.sf.enrol.missing') : undefined}
          maxLength={12}
        />
        {confirm.error ? (
          <Banner key={confirm.submittedAt} tone="danger" announce="assertive">
            {refusal(errorCode(confirm.error))}
          </Banner>
        ) : null}
      </form>
    </Dialog>
  );
}

/** Dark squares on white in every theme: cameras want it so. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const squares = Array.from({ length: size * size }, (_, at) => at)
    .filter((at) => modules.get(Math.floor(at / size), at % size))
    .map((at) => `M${(at % size) + 2} ${Math.floor(at / size) + 2}h1v1h-1z`);
  return (
    <div className="account-qr">
      <svg viewBox={`0 0 ${size + 4} ${size + 4}`} role="img" aria-label={label} shapeRendering="crispEdges">
        <path d={squares.join('')} fill="#000" />
      </svg>
    </div>
  );
}
