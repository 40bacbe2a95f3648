// The frame of a form in a window: fields, what keeps it from being sent, the server's refusal in words, save and cancel, and perhaps remove.
import { type ReactNode, useId, useState } from 'react';
import { useText } from '../i18n/index.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { Confirm, Dialog } from '../ui/Dialog.tsx';
import { InSight } from '../ui/InSight.tsx';
import { DeleteIcon } from '../ui/icons.ts';
import { errorCode } from './api.ts';
import './FormDialog.css';

export type FormDialogProps = {
  readonly title: string;
  readonly children: ReactNode;
  readonly size?: 'normal' | 'wide';
  /** On the button; missing: *Save*. */
  readonly action?: string;
  /** Undefined when the form can be sent; else what keeps it from that, said once one tried. */
  readonly fault: string | undefined;
  readonly error: Error | null;
  /** Said of a refusal `conflict` instead of the general words. */
  readonly conflict?: string;
  /** Something else to be seen before it is sent again; it comes into sight when it changes. */
  readonly warning?: { readonly said: unknown; readonly content: ReactNode } | undefined;
  readonly isPending: boolean;
  readonly onSend: () => void;
  readonly onClose: () => void;
  readonly remove?: Removal | undefined;
};

type Removal = {
  readonly question: string;
  readonly note?: string;
  readonly send: () => Promise<unknown>;
  readonly error: Error | null;
};

export function FormDialog(props: FormDialogProps) {
  const { title, children, size = 'normal', action, fault, error, conflict, warning, isPending, onSend, onClose, remove } = props;
  const { t, refusal } = useText();
  const form = useId();
  const [tries, setTries] = useState(0);
  const [asking, setAsking] = useState(false);
  const failed = error ?? remove?.error ?? null;
  const code = failed && errorCode(failed);
  return (
    <Dialog
      isOpen
      isDismissable={false}
      onOpenChange={(open) => !open && onClose()}
      size={size}
      title={title}
      actions={
        <>
          {remove ? (
            <Button kind="danger" icon={DeleteIcon} className="form-dialog-remove" onPress={() => setAsking(true)}>
              {t('app.remove')}
            </Button>
          ) : null}
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} isPending={isPending}>
            {action ?? t('app.save')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="form-dialog"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTries(tries + 1);
          if (fault === undefined) onSend();
        }}
      >
        {children}
        <InSight said={warning?.said ?? failed ?? tries} className="form-dialog-said">
          {tries > 0 && fault !== undefined ? (
            <Banner tone="danger" announce="assertive">
              {fault}
            </Banner>
          ) : null}
          {warning?.content}
          {code ? (
            <Banner tone="danger" announce="assertive">
              {code === 'conflict' && conflict !== undefined ? conflict : refusal(code)}
            </Banner>
          ) : null}
        </InSight>
      </form>
      {remove ? (
        <Confirm
          isOpen={asking}
          onOpenChange={setAsking}
          title={remove.question}
          kind="danger"
          action={t('app.remove')}
          onConfirm={async () => {
            // The refusal is shown in the form behind the question.
            await remove.send().catch(() => undefined);
          }}
        >
          {remove.note}
        </Confirm>
      ) : null}
    </Dialog>
  );
}
