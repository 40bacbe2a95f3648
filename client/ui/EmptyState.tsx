// Where there is nothing yet: what will be here, and what to do.
import type { ReactNode } from 'react';
import type { Icon } from './icons.ts';
import './EmptyState.css';

export type EmptyStateProps = {
  readonly icon: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** The heading's level in its page. */
  readonly level?: 1 | 2 | 3;
};

export function EmptyState({ icon: Shape, title, children, action, level = 2 }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className="empty-state">
      <span className="empty-state-icon">
        <Shape />
      </span>
      <Heading className="empty-state-title">{title}</Heading>
      {children ? <div className="empty-state-text">{children}</div> : null}
      {action ? <div className="empty-state-action">{action}</div> : null}
    </div>
  );
}
