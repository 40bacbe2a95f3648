// A link within running text or by itself.
import type { ReactNode } from 'react';
import { Link as AriaLink, type LinkProps as AriaLinkProps } from 'react-aria-components';
import { cx } from './cx.ts';
import type { Icon } from './icons.ts';
import './Link.css';

export type LinkProps = Omit<AriaLinkProps, 'children' | 'className' | 'style'> & {
  readonly icon?: Icon;
  readonly children: ReactNode;
  readonly className?: string;
};

export function Link({ icon: Shape, children, className, ...rest }: LinkProps) {
  return (
    <AriaLink {...rest} className={cx('link', Shape && 'link-with-icon', className)}>
      {Shape ? <Shape /> : null}
      {children}
    </AriaLink>
  );
}
