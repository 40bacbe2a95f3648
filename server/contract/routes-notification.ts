// The HTTP calls of notifications: the list in the app, what one wants to be told of, devices for push, and what could not be delivered.
import { z } from 'zod';
import {
  Deliveries,
  NotificationChoices,
  NotificationSettings,
  Notifications,
  PushDevice,
  PushSubscribe,
  PushUnsubscribe,
  ReadNotifications,
  UnreadNotifications,
} from './notification.ts';
import { route } from './route.ts';

export const notificationRoutes = {
  notifications: route('GET', '/api/notifications', 'signed-in', 'One’s newest notifications', { answer: Notifications }),
  unreadNotifications: route('GET', '/api/notifications/unread', 'signed-in', 'How many are unread: cheap, for asking each minute', {
    answer: UnreadNotifications,
  }),
  readNotifications: route('POST', '/api/notifications/read', 'signed-in', 'Mark some or all as read', {
    body: ReadNotifications,
    answer: UnreadNotifications,
  }),

  notificationSettings: route('GET', '/api/notifications/settings', 'signed-in', 'What one is told of, and where', {
    answer: NotificationSettings,
  }),
  changeNotificationSettings: route('PATCH', '/api/notifications/settings', 'signed-in', 'Switch kinds of notifications on and off', {
    body: NotificationChoices,
    answer: NotificationSettings,
  }),

  subscribePush: route('POST', '/api/notifications/devices', 'signed-in', 'Let this browser show notifications', {
    body: PushSubscribe,
    answer: PushDevice,
  }),
  unsubscribePush: route('POST', '/api/notifications/devices/forget', 'signed-in', 'No longer notify this browser', {
    body: PushUnsubscribe,
  }),
  removePushDevice: route('DELETE', '/api/notifications/devices/{id}', 'signed-in', 'No longer notify one of one’s browsers', {
    params: z.object({ id: z.string().max(80) }),
  }),

  deliveries: route(
    'GET',
    '/api/notifications/deliveries',
    'administrator',
    'What of mail and push waits, and what could not be delivered',
    {
      answer: Deliveries,
    },
  ),
} as const;
