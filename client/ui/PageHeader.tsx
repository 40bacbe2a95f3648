// The head of a page: where one is, its title, what can be done.
import type { ReactNode } from 'react';
import './PageHeader.css';

export type PageHeaderProps = {
  readonly title: ReactNode;
  /** A line below the title. */
  readonly note?: ReactNode;
  /** A link back, above the title. */
  readonly back?: ReactNode;
  readonly actions?: ReactNode;
};

export function PageHeader({ title, note, back, actions }: PageHeaderProps) {
  return (
    <header className="page-header">
      {back ? <div className="page-header-back">{back}</div> : null}
      <div className="page-header-row">
        <div className="page-header-text">
          <h1 className="page-header-title">{title}</h1>
          {note ? <div className="page-header-note">{note}</div> : null}
        </div>
        {actions ? <div className="page-header-actions">{actions}</div> : null}
      </div>
    </header>
  );
}
