// Which address shows which page; each page is loaded when first needed.
import { createBrowserRouter, isRouteErrorResponse, type RouteObject, useRouteError } from 'react-router';
import { Crash, NotFound } from './FullPageNotice.tsx';
import { PageSkeleton } from './PageSkeleton.tsx';
import { PlainShell } from './PlainShell.tsx';
import { Root } from './Root.tsx';
import { Shell } from './Shell.tsx';
import { RequireRole, RequireSession } from './session.tsx';

type Page = { readonly default: React.ComponentType };

/** The page is its file's default export. */
function page(path: string, load: () => Promise<Page>): RouteObject {
  return { path, lazy: async () => ({ Component: (await load()).default }) };
}

const addresses: RouteObject[] = [
  {
    Component: Root,
    ErrorBoundary: RouteFault,
    HydrateFallback: PageSkeleton,
    children: [
      // Also for guests, who have no session; the page asks others to sign in.
      page('/lessons/:lessonId', () => import('../pages/room/RoomPage.tsx')),
      {
        Component: PlainShell,
        ErrorBoundary: RouteFault,
        children: [
          page('/sign-in', () => import('../pages/sign-in/SignInPage.tsx')),
          page('/first-run', () => import('../pages/first-run/FirstRunPage.tsx')),
          page('/guest/:token', () => import('../pages/guest/GuestPage.tsx')),
        ],
      },
      {
        Component: Shell,
        children: [
          {
            Component: RequireSession,
            ErrorBoundary: RouteFault,
            children: [
              page('/', () => import('../pages/timetable/TimetablePage.tsx')),
              page('/lessons/:lessonId/register', () => import('../pages/register/RegisterPage.tsx')),
              page('/recordings/:recordingId', () => import('../pages/recording/RecordingPage.tsx')),
              {
                element: <RequireRole roles={['administrator']} />,
                children: [
                  page('/people', () => import('../pages/people/PeoplePage.tsx')),
                  page('/status', () => import('../pages/status/StatusPage.tsx')),
                ],
              },
            ],
          },
          { path: '*', Component: NotFound },
        ],
      },
    ],
  },
];

function RouteFault() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  return <Crash error={error} />;
}

export function createRouter() {
  return createBrowserRouter(addresses);
}
