// Asks for the password or a code before something about signing in is changed.
import { type FormEvent, useId, useState } from 'react';
import type { Proof } from '../../../server/contract/privacy.ts';
import { errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { TextField } from '../../ui/TextField.tsx';

interface ProofDialogProps {
  /** Who signs in by another system has none, and gives a code. */
  readonly hasPassword: boolean;
  readonly onClose: () => void;
  /** Rejects with what the server refused. */
  readonly onProof: (proof: Proof) => Promise<void>;
}

export function ProofDialog({ hasPassword, onClose, onProof }: ProofDialogProps) {
  const { t, refusal } = useText();
  const form = useId();
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === '') return;
    setBusy(true);
    try {
      await onProof(hasPassword ? { password: typed } : { code: typed });
    } catch (refused) {
      setError(refused);
      setTyped('');
      setBusy(false);
    }
  };
  const code = error === undefined ? undefined : errorCode(error);
  const words = code === 'wrong-credentials' ? t('app.account.currentWrong') : code === 'bad-request' ? refusal('code-wrong') : undefined;
  return (
    <Dialog
      isOpen
      size="small"
      onOpenChange={(open) => !open && onClose()}
      title={t('account.sf.proof.title')}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} isPending={busy}>
            {t('account.sf.continue')}
          </Button>
        </>
      }
    >
      <form id={form} className="account-stack" noValidate onSubmit={(event) => void submit(event)}>
        {hasPassword ? (
          <PasswordField
            label={t('account.sf.proof.password')}
            name="password"
            value={typed}
            onChange={setTyped}
            autoComplete="current-password"
            maxLength={200}
            autoFocus
          />
        ) : (
          <TextField
            label={t('account.sf.proof.code')}
            name="code"
            value={typed}
            onChange={setTyped}
            autoComplete="one-time-code"
            maxLength={40}
            autoFocus
          />
        )}
        {code ? (
          <Banner tone="danger" announce="assertive">
            {words ?? refusal(code)}
          </Banner>
        ) : null}
      </form>
    </Dialog>
  );
}
