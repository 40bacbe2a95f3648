// Around every page: the session, links that stay within the client, and what happens on moving to another page.
import { useEffect, useRef } from 'react';
import { RouterProvider } from 'react-aria-components';
import { Outlet, ScrollRestoration, useHref, useLocation, useNavigate, useNavigation } from 'react-router';
import { announce } from '../ui/live.ts';
import { SessionProvider } from './session.tsx';
import './Root.css';

declare module 'react-aria-components' {
  interface RouterConfig {
    routerOptions: { readonly replace?: boolean; readonly state?: unknown };
  }
}

export function Root() {
  const navigate = useNavigate();
  return (
    <RouterProvider navigate={(path, options) => void navigate(path, options)} useHref={useHref}>
      <SessionProvider>
        <ProgressBar />
        <Outlet />
        <PageAnnouncer />
        <ScrollRestoration />
      </SessionProvider>
    </RouterProvider>
  );
}

function ProgressBar() {
  const { state } = useNavigation();
  return state === 'idle' ? null : <div className="root-progress" aria-hidden="true" />;
}

/** Says the new page's title, which a full page load would have said. */
function PageAnnouncer() {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    // After the page has set its title.
    const timer = setTimeout(() => announce(document.title), 300);
    return () => clearTimeout(timer);
  }, [pathname]);
  return null;
}
