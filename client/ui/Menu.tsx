// A list of actions that opens from a button.
import type { ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  type MenuItemProps as AriaMenuItemProps,
  type MenuProps as AriaMenuProps,
  MenuSection as AriaMenuSection,
  type MenuSectionProps as AriaMenuSectionProps,
  type PopoverProps as AriaPopoverProps,
  Header,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components';
import { cx } from './cx.ts';
import { CheckIcon, type Icon } from './icons.ts';
import './Popover.css';
import './Menu.css';

export type MenuProps = Pick<AriaMenuProps<object>, 'onAction' | 'aria-label'> & {
  /** The button: any react-aria button. */
  readonly button: ReactNode;
  readonly children: ReactNode;
  readonly placement?: AriaPopoverProps['placement'];
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
};

export function Menu({ button, children, placement = 'bottom end', isOpen, onOpenChange, ...menu }: MenuProps) {
  const state = { ...(isOpen === undefined ? {} : { isOpen }), ...(onOpenChange ? { onOpenChange } : {}) };
  return (
    <MenuTrigger {...state}>
      {button}
      <Popover className="popover" placement={placement} offset={4}>
        <AriaMenu {...menu} className="popover-list">
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

export type MenuItemProps = Omit<AriaMenuItemProps, 'children' | 'className' | 'style'> & {
  readonly icon?: Icon;
  readonly danger?: boolean;
  readonly note?: string | undefined;
  readonly shortcut?: string;
  readonly children: string;
};

export function MenuItem({ icon: Shape, danger, note, shortcut, children, ...rest }: MenuItemProps) {
  return (
    <AriaMenuItem textValue={children} {...rest} className={cx('popover-item', danger && 'popover-item-danger')}>
      {({ isSelected }) => (
        <>
          {Shape ? <Shape /> : null}
          <span className="popover-item-text">
            {children}
            {note ? <span className="popover-item-note">{note}</span> : null}
          </span>
          {shortcut ? <kbd className="menu-key">{shortcut}</kbd> : null}
          {isSelected ? <CheckIcon className="popover-item-check" /> : null}
        </>
      )}
    </AriaMenuItem>
  );
}

export type MenuSectionProps = Pick<AriaMenuSectionProps<object>, 'selectionMode' | 'selectedKeys' | 'onSelectionChange'> & {
  readonly title: string;
  readonly children: ReactNode;
};

export function MenuSection({ title, children, ...rest }: MenuSectionProps) {
  return (
    <AriaMenuSection {...rest}>
      <Header className="popover-heading">{title}</Header>
      {children}
    </AriaMenuSection>
  );
}

export function MenuSeparator() {
  return <Separator className="popover-separator" />;
}
