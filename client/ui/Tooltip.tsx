// A short word that appears over its control on hover and on keyboard focus.
import type { ReactNode } from 'react';
import { Tooltip as AriaTooltip, type TooltipProps as AriaTooltipProps, TooltipTrigger } from 'react-aria-components';
import './Tooltip.css';

export type TooltipProps = {
  readonly text: ReactNode;
  /** Keys that do the same, such as M. */
  readonly shortcut?: string | undefined;
  readonly placement?: AriaTooltipProps['placement'];
  /** One react-aria control. */
  readonly children: ReactNode;
};

export function Tooltip({ text, shortcut, placement = 'top', children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <AriaTooltip className="tooltip" placement={placement} offset={6}>
        {text}
        {shortcut ? <kbd className="tooltip-key">{shortcut}</kbd> : null}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
