// Leads among the few pages that share one place in the bar.
import { NavLink } from 'react-router';
import type { Icon } from '../ui/icons.ts';
import './PagesNav.css';

type PagesNavProps = {
  readonly label: string;
  readonly pages: readonly { readonly address: string; readonly title: string; readonly icon: Icon }[];
};

export function PagesNav({ label, pages }: PagesNavProps) {
  return (
    <nav className="pages-nav" aria-label={label}>
      {pages.map(({ address, title, icon: Shape }) => (
        <NavLink key={address} to={address} end className="pages-nav-link">
          <Shape />
          <span>{title}</span>
        </NavLink>
      ))}
    </nav>
  );
}
