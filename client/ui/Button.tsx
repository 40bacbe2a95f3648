// A button, and a link that looks like one.
import { type ReactNode, type Ref, useEffect } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Link as AriaLink,
  type LinkProps as AriaLinkProps,
} from 'react-aria-components';
import { cx } from './cx.ts';
import type { Icon } from './icons.ts';
import { announce } from './live.ts';
import { Spinner } from './Spinner.tsx';
import { useUiWords } from './words.tsx';
import './Button.css';

export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger';

type Look = {
  /** primary: what one should press next, once per view; plain: edged; quiet: no edge; danger: cannot be undone. */
  readonly kind?: ButtonKind;
  readonly size?: 'normal' | 'small' | 'large';
  readonly icon?: Icon;
  /** Takes the whole width. */
  readonly wide?: boolean;
  readonly children?: ReactNode;
  readonly className?: string;
};

export type ButtonProps = Look & Omit<AriaButtonProps, 'children' | 'className' | 'style'> & { readonly ref?: Ref<HTMLButtonElement> };

export function Button({ kind, size, icon, wide, children, className, isPending = false, ...rest }: ButtonProps) {
  const { loading } = useUiWords();
  useEffect(() => {
    if (isPending) announce(loading);
  }, [isPending, loading]);
  return (
    <AriaButton
      {...rest}
      {...(isPending ? pending : {})}
      className={buttonClass({ kind, size, wide, className: cx(className, isPending && 'button-pending') })}
    >
      {isPending ? <Spinner /> : <ButtonIcon icon={icon} />}
      <span className="button-text">{children}</span>
    </AriaButton>
  );
}

// react-aria's own isPending speaks through an element that points at the button by its id, and goes on pointing for
// seconds after the button has gone. A button that waits keeps the focus, does nothing, and submits no form.
const pending = { 'aria-disabled': true, type: 'button', onPress: undefined } as const;

export type ButtonLinkProps = Look & Omit<AriaLinkProps, 'children' | 'className' | 'style'>;

export function ButtonLink({ kind, size, icon, wide, children, className, ...rest }: ButtonLinkProps) {
  return (
    <AriaLink {...rest} className={buttonClass({ kind, size, wide, className })}>
      <ButtonIcon icon={icon} />
      <span className="button-text">{children}</span>
    </AriaLink>
  );
}

function ButtonIcon({ icon: Shape }: { icon: Icon | undefined }) {
  return Shape ? <Shape /> : null;
}

type Classes = { kind: ButtonKind | undefined; size: Look['size'] | undefined; wide: boolean | undefined; className: string | undefined };

function buttonClass({ kind = 'plain', size = 'normal', wide, className }: Classes): string {
  return cx('button', `button-${kind}`, size !== 'normal' && `button-${size}`, wide && 'button-wide', className);
}
