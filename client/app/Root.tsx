// Around every page: the session, links that stay within the client, and what happens on moving to another page.
import { type ReactNode, useEffect, useRef } from 'react';
import { RouterProvider } from 'react-aria-components';
import { useHref, useLocation, useNavigate, useNavigationType } from 'react-router';
import { announce } from '../ui/live.ts';
import { CrashBoundary } from './CrashBoundary.tsx';
import { SessionProvider } from './session.tsx';

declare module 'react-aria-components' {
  interface RouterConfig {
    routerOptions: { readonly replace?: boolean; readonly state?: unknown };
  }
}

export function Root({ children }: { children: ReactNode }) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (
    <RouterProvider navigate={(path, options) => void navigate(path, options)} useHref={useHref}>
      <SessionProvider>
        <CrashBoundary place={pathname}>{children}</CrashBoundary>
        <Arrival />
      </SessionProvider>
    </RouterProvider>
  );
}

/** Does what a full page load would have done: begins at the top and says the new page's title. */
function Arrival() {
  const { pathname } = useLocation();
  const kind = useNavigationType();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    // Going back, the browser restores the place by itself.
    if (kind !== 'POP') window.scrollTo(0, 0);
    // After the page has set its title.
    const timer = setTimeout(() => announce(document.title), 300);
    return () => clearTimeout(timer);
  }, [pathname, kind]);
  return null;
}
