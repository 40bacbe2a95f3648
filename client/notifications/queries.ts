// What the server says of one's notifications, and how often it is asked.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReadNotifications } from '../../server/contract/notification.ts';
import { notificationRoutes } from '../../server/contract/routes-notification.ts';
import { api } from '../app/api.ts';

const key = 'notifications';
const askAgainMs = 60_000;

/** Asked each minute while the page is looked at. */
export const unreadQuery = queryOptions({
  queryKey: [key, 'unread'],
  queryFn: ({ signal }) => api(notificationRoutes.unreadNotifications, { signal }),
  refetchInterval: askAgainMs,
  refetchOnWindowFocus: true,
});

export const listQuery = queryOptions({
  queryKey: [key, 'list'],
  queryFn: ({ signal }) => api(notificationRoutes.notifications, { signal }),
  staleTime: 0,
});

export const settingsQuery = queryOptions({
  queryKey: [key, 'settings'],
  queryFn: ({ signal }) => api(notificationRoutes.notificationSettings, { signal }),
});

export function useRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (which: ReadNotifications) => api(notificationRoutes.readNotifications, { body: which }),
    onSuccess: (unread) => {
      client.setQueryData(unreadQuery.queryKey, unread);
      return client.invalidateQueries({ queryKey: listQuery.queryKey });
    },
  });
}
