// The frame of whatever is done to a register: what keeps it from being sent, the server's refusal in words, send and cancel.
import { type ReactNode, useId, useState } from 'react';
import { errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InSight } from '../../ui/InSight.tsx';

type ChangeDialogProps = {
  readonly title: string;
  readonly children: ReactNode;
  readonly action: string;
  /** Undefined when it can be sent; else what is missing, said once one tried. */
  readonly fault?: string | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly onSend: () => void;
  readonly onClose: () => void;
};

export function ChangeDialog({ title, children, action, fault, error, isPending, onSend, onClose }: ChangeDialogProps) {
  const { t, refusal } = useText();
  const form = useId();
  const [tries, setTries] = useState(0);
  const code = error && errorCode(error);
  return (
    <Dialog
      isOpen
      isDismissable={false}
      onOpenChange={(open) => !open && onClose()}
      title={title}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} isPending={isPending}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="register-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTries(tries + 1);
          if (fault === undefined) onSend();
        }}
      >
        {children}
        <InSight said={error ?? tries}>
          {tries > 0 && fault !== undefined ? (
            <Banner tone="danger" announce="assertive">
              {fault}
            </Banner>
          ) : null}
          {code ? (
            <Banner tone="danger" announce="assertive">
              {code === 'conflict' ? t('register.conflict') : refusal(code)}
            </Banner>
          ) : null}
        </InSight>
      </form>
    </Dialog>
  );
}
