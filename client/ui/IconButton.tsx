// A button that shows only an icon, with its name as tooltip.
import type { Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps, type TooltipProps as AriaTooltipProps } from 'react-aria-components';
import { cx } from './cx.ts';
import type { Icon } from './icons.ts';
import { Tooltip } from './Tooltip.tsx';
import './IconButton.css';

type Look = {
  readonly icon: Icon;
  /** The accessible name, also shown as tooltip. */
  readonly label: string;
  readonly shortcut?: string | undefined;
  readonly tooltipPlacement?: AriaTooltipProps['placement'];
  readonly size?: 'normal' | 'small';
  readonly className?: string;
};

export type IconButtonProps = Look &
  Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'aria-label'> & {
    readonly kind?: 'quiet' | 'plain' | 'danger';
    readonly ref?: Ref<HTMLButtonElement>;
  };

export function IconButton({ icon: Shape, label, shortcut, tooltipPlacement, size, kind = 'quiet', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut} placement={tooltipPlacement}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={cx('icon-button', `icon-button-${kind}`, size === 'small' && 'icon-button-small', className)}
      >
        <Shape />
      </AriaButton>
    </Tooltip>
  );
}
