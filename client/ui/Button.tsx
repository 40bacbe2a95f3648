// A button, and a link that looks like one.
import type { ReactNode, Ref } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Link as AriaLink,
  type LinkProps as AriaLinkProps,
} from 'react-aria-components';
import { cx } from './cx.ts';
import type { Icon } from './icons.ts';
import { Spinner } from './Spinner.tsx';
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

export function Button({ kind, size, icon, wide, children, className, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={buttonClass({ kind, size, wide, className })}>
      {({ isPending }) => (
        <>
          {isPending ? <Spinner /> : <ButtonIcon icon={icon} />}
          <span className="button-text">{children}</span>
        </>
      )}
    </AriaButton>
  );
}

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
