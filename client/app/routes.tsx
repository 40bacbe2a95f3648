// Which address shows which page; each page is loaded when first needed.
import { type ComponentType, lazy, Suspense } from 'react';
import { Navigate, type RouteObject, useLocation, useRoutes } from 'react-router';
import { needTexts, type TextPart } from '../i18n/index.ts';
import { NotFound } from './FullPageNotice.tsx';
import { PageSkeleton } from './PageSkeleton.tsx';
import { PlainShell } from './PlainShell.tsx';
import { Shell } from './Shell.tsx';
import { RequireRole, RequireSession, useSession } from './session.tsx';

/** The page is its file's default export. */
function page(path: string, load: () => Promise<{ readonly default: ComponentType }>, ...texts: readonly TextPart[]): RouteObject {
  const Page = lazy(async () => {
    const [module] = await Promise.all([load(), ...texts.map(needTexts)]);
    return module;
  });
  const element = (
    <Suspense key={path} fallback={<PageSkeleton />}>
      <Page />
    </Suspense>
  );
  return { path, element };
}

/** Who may follow lessons as they go; the server tells each of them only of their own. */
const watching = ['administrator', 'coordinator', 'observer', 'proctor', 'teacher'] as const;

const addresses: RouteObject[] = [
  // Also for guests, who have no session; the page asks others to sign in.
  page('/lessons/:lessonId', () => import('../pages/room/RoomPage.tsx')),
  {
    // A wall screen has nothing around it.
    element: <RequireSession />,
    children: [
      {
        element: <RequireRole roles={watching} />,
        children: [page('/situation/wall', () => import('../pages/situation/wall/WallPage.tsx'), 'situation')],
      },
    ],
  },
  {
    element: <PlainShell />,
    children: [
      page('/sign-in', () => import('../pages/sign-in/SignInPage.tsx')),
      page('/first-run', () => import('../pages/first-run/FirstRunPage.tsx')),
      page('/what-is-recorded', () => import('../pages/recorded/RecordedPage.tsx'), 'staff'),
      page('/connection-test', () => import('../pages/connection-test/ConnectionTestPage.tsx'), 'connection'),
      page('/guest/:token', () => import('../pages/guest/GuestPage.tsx')),
      page('/watch/:token', () => import('../pages/shared-recording/SharedRecordingPage.tsx'), 'player'),
    ],
  },
  {
    element: <Shell />,
    children: [
      {
        element: <RequireSession />,
        children: [
          page('/', () => import('../pages/timetable/TimetablePage.tsx')),
          page('/account', () => import('../pages/account/AccountPage.tsx')),
          page('/timetable', () => import('../pages/week/WeekPage.tsx')),
          page('/courses/:courseId', () => import('../pages/course/CoursePage.tsx')),
          page('/courses/:courseId/now', () => import('../pages/course/CourseNowPage.tsx')),
          page('/lessons/:lessonId/register', () => import('../pages/register/RegisterPage.tsx'), 'register'),
          page('/reports', () => import('../pages/reports/ReportsPage.tsx'), 'staff'),
          page('/notifications/settings', () => import('../pages/notifications/NotificationSettingsPage.tsx')),
          page('/recordings/:recordingId', () => import('../pages/recording/RecordingPage.tsx'), 'player'),
          page('/recordings/:recordingId/viewing', () => import('../pages/recording/viewing/ViewingPage.tsx'), 'player'),
          page('/recordings/:recordingId/edit', () => import('../pages/recording-edit/RecordingEditPage.tsx'), 'player'),
          {
            element: <RequireRole roles={['administrator', 'coordinator']} />,
            children: [page('/university', () => import('../pages/university/UniversityPage.tsx'), 'staff', 'register')],
          },
          {
            element: <RequireRole roles={watching} />,
            children: [
              page('/situation', () => import('../pages/situation/SituationPage.tsx'), 'situation', 'staff'),
              page('/situation/summary', () => import('../pages/situation/summary/SummaryPage.tsx'), 'situation', 'staff'),
              page('/diagnosis', () => import('../pages/diagnosis/DiagnosisPage.tsx'), 'diagnosis', 'situation', 'staff'),
            ],
          },
          {
            element: <RequireRole roles={['administrator', 'coordinator', 'observer']} />,
            children: [page('/shares', () => import('../pages/shares/SharesPage.tsx'))],
          },
          {
            element: <RequireRole roles={['administrator', 'observer']} />,
            children: [
              page('/audit', () => import('../pages/audit/AuditPage.tsx'), 'staff'),
              page('/records', () => import('../pages/records/RecordsPage.tsx'), 'staff'),
            ],
          },
          {
            element: <RequireRole roles={['administrator']} />,
            children: [
              page('/people', () => import('../pages/people/PeoplePage.tsx'), 'staff'),
              page('/records/outbox', () => import('../pages/records/OutboxPage.tsx'), 'staff'),
              page('/status', () => import('../pages/status/StatusPage.tsx'), 'staff'),
              page('/connection-reports', () => import('../pages/connection-reports/ConnectionReportsPage.tsx'), 'staff', 'connection'),
              page('/storage', () => import('../pages/storage/StoragePage.tsx'), 'staff'),
            ],
          },
        ],
      },
      { path: '*', element: <NotFound /> },
    ],
  },
];

/** The whole data router would be a sixth of the first page, and the pages load their data by query. */
export function Pages() {
  const pages = useRoutes(addresses);
  const { person } = useSession();
  const { pathname } = useLocation();
  // Whoever must set up a second factor first is refused everything else by the server.
  if (person?.secondFactor === 'needed' && pathname !== '/account') return <Navigate to="/account" replace />;
  return pages;
}
