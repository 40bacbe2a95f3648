// A piece of the page that stands by itself.
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import './Card.css';

export type CardProps = {
  readonly title?: ReactNode;
  readonly level?: 1 | 2 | 3;
  /** To the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
};

export function Card({ title, level = 2, actions, children, className }: CardProps) {
  const Heading = `h${level}` as const;
  return (
    <section className={cx('card', className)}>
      {title || actions ? (
        <header className="card-head">
          {title ? <Heading className="card-title">{title}</Heading> : null}
          {actions ? <div className="card-actions">{actions}</div> : null}
        </header>
      ) : null}
      {children}
    </section>
  );
}
