// A window over the page that wants an answer first; and a question with two answers.
import { type ReactNode, useState } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay, type ModalOverlayProps } from 'react-aria-components';
import { Button } from './Button.tsx';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';
import { CloseIcon } from './icons.ts';
import { useUiWords } from './words.tsx';
import './Dialog.css';

export type DialogProps = Pick<ModalOverlayProps, 'isOpen' | 'onOpenChange' | 'isDismissable' | 'isKeyboardDismissDisabled'> & {
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons at the foot; the last is what one should press. */
  readonly actions?: ReactNode;
  readonly size?: 'small' | 'normal' | 'wide';
  readonly role?: 'dialog' | 'alertdialog';
};

/** Open while `isOpen`; as the second child of a DialogTrigger it opens by itself. */
export function Dialog({ title, children, actions, size = 'normal', role = 'dialog', isDismissable = true, ...overlay }: DialogProps) {
  const words = useUiWords();
  return (
    <ModalOverlay {...overlay} isDismissable={isDismissable} className="dialog-veil">
      <Modal className={cx('dialog', `dialog-${size}`)}>
        <AriaDialog role={role} className="dialog-sheet">
          {({ close }) => (
            <>
              <header className="dialog-head">
                <Heading slot="title" level={2} className="dialog-title">
                  {title}
                </Heading>
                {isDismissable ? <IconButton icon={CloseIcon} label={words.close} onPress={close} /> : null}
              </header>
              <div className="dialog-body">{children}</div>
              {actions ? <footer className="dialog-actions">{actions}</footer> : null}
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export type ConfirmProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly title: string;
  readonly children?: ReactNode;
  /** Says what will happen, never just "OK". */
  readonly action: string;
  readonly kind?: 'primary' | 'danger';
  /** While its promise is under way the button waits; a rejection leaves the question open. */
  readonly onConfirm: () => void | Promise<void>;
};

export function Confirm({ isOpen, onOpenChange, title, children, action, kind = 'primary', onConfirm }: ConfirmProps) {
  const words = useUiWords();
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm();
      onOpenChange(false);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={false}
      role="alertdialog"
      size="small"
      title={title}
      actions={
        <>
          <Button onPress={() => onOpenChange(false)} isDisabled={busy} autoFocus={kind === 'danger'}>
            {words.cancel}
          </Button>
          <Button kind={kind} onPress={confirm} isPending={busy} autoFocus={kind === 'primary'}>
            {action}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
