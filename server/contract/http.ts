// Every HTTP call with its input and answer; the server's routers, the client's calls and the OpenAPI document are derived from here.
import { accountRoutes } from './routes-accounts.ts';
import { calendarRoutes } from './routes-calendar.ts';
import { capacityRoutes } from './routes-capacity.ts';
import { catalogueRoutes } from './routes-catalogue.ts';
import { connectionTestRoutes } from './routes-connection-test.ts';
import { diagnosisRoutes } from './routes-diagnosis.ts';
import { feedRoutes } from './routes-feeds.ts';
import { importRoutes } from './routes-import.ts';
import { monitoringRoutes } from './routes-monitoring.ts';
import { notificationRoutes } from './routes-notification.ts';
import { planningRoutes } from './routes-planning.ts';
import { providerRoutes } from './routes-providers.ts';
import { recordingRoutes } from './routes-recordings.ts';
import { recordsRoutes } from './routes-records.ts';
import { sharesRoutes } from './routes-shares.ts';
import { situationRoutes } from './routes-situation.ts';

export type { Route } from './route.ts';

import { lessonRoutes } from './routes-lessons.ts';
import { peopleRoutes } from './routes-people.ts';
import { sessionRoutes } from './routes-session.ts';

export const routes = {
  ...sessionRoutes,
  ...peopleRoutes,
  ...lessonRoutes,
  ...accountRoutes,
  ...calendarRoutes,
  ...catalogueRoutes,
  ...connectionTestRoutes,
  ...feedRoutes,
  ...planningRoutes,
  ...sharesRoutes,
  ...recordsRoutes,
  ...recordingRoutes,
  ...notificationRoutes,
  ...importRoutes,
  ...providerRoutes,
  ...capacityRoutes,
  ...situationRoutes,
  ...diagnosisRoutes,
  ...monitoringRoutes,
} as const;
