// A panel that slides over the page: from the side, or from below on a phone.
import { type ReactNode, useEffect } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { cx } from './cx.ts';
import { IconButton } from './IconButton.tsx';
import { CloseIcon } from './icons.ts';
import { useUiWords } from './words.tsx';
import './Drawer.css';

export type DrawerProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** `end` becomes a full-height sheet on a phone; `bottom` is as high as its content. */
  readonly side?: 'end' | 'bottom';
};

export function Drawer({ isOpen, onOpenChange, title, children, actions, side = 'end' }: DrawerProps) {
  const words = useUiWords();
  useEffect(() => {
    if (!isOpen) return;
    // When the focused button goes away, as after "Revoke", no element is left to hear the key.
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && document.activeElement === document.body) onOpenChange(false);
    };
    document.addEventListener('keydown', closeOnEscape);
    return () => document.removeEventListener('keydown', closeOnEscape);
  }, [isOpen, onOpenChange]);
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={onOpenChange} isDismissable className={cx('drawer-veil', `drawer-veil-${side}`)}>
      <Modal className={cx('drawer', `drawer-${side}`)}>
        <Dialog className="drawer-sheet">
          <header className="drawer-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <IconButton icon={CloseIcon} label={words.close} onPress={() => onOpenChange(false)} />
          </header>
          <div className="drawer-body">{children}</div>
          {actions ? <footer className="drawer-actions">{actions}</footer> : null}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
