// The HTTP calls of notifications.
import { Router } from 'express';
import { routes } from '../contract/http.ts';
import { bind } from '../edge/http.ts';
import type { NotificationService } from './notification.service.ts';

export function notificationHttp(service: NotificationService): Router {
  const router = Router();
  bind(router, routes.notifications, ({ person }) => service.list(person));
  bind(router, routes.unreadNotifications, ({ person }) => service.unread(person));
  bind(router, routes.readNotifications, ({ person, body }) => service.read(person, body));
  bind(router, routes.notificationSettings, ({ person }) => service.settings(person));
  bind(router, routes.changeNotificationSettings, ({ person, body }) => service.choose(person, body.choices));
  bind(router, routes.subscribePush, ({ person, body }) => service.subscribe(person, body));
  bind(router, routes.unsubscribePush, async ({ person, body }) => {
    await service.unsubscribe(person, body.endpoint);
    return {};
  });
  bind(router, routes.removePushDevice, async ({ person, params }) => {
    await service.removeDevice(person, params.id);
    return {};
  });
  bind(router, routes.deliveries, () => service.deliveries());
  return router;
}
