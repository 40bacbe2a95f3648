// The newest notifications, each leading to its lesson or recording.
import { useQuery } from '@tanstack/react-query';
import { Heading } from 'react-aria-components';
import { Link } from 'react-router';
import type { Notification } from '../../server/contract/notification.ts';
import { errorCode } from '../app/api.ts';
import { useText } from '../i18n/index.ts';
import type { Texts } from '../i18n/useText.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { cx } from '../ui/cx.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { BellIcon, CheckIcon, SettingsIcon } from '../ui/icons.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import { kindIcons } from './kind-icons.ts';
import { linesOf } from './lines.ts';
import { listQuery, useRead } from './queries.ts';
import './NotificationList.css';

export default function NotificationList({ onClose }: { readonly onClose: () => void }) {
  const { t, refusal } = useText();
  const list = useQuery(listQuery);
  const read = useRead();
  const notifications = list.data?.notifications ?? [];
  const [newest] = notifications;
  return (
    <>
      <header className="notifications-head">
        <Heading slot="title" level={2}>
          {t('notification.title')}
        </Heading>
        {newest && list.data?.unread ? (
          <Button kind="quiet" size="small" icon={CheckIcon} isPending={read.isPending} onPress={() => read.mutate({ upTo: newest.at })}>
            {t('notification.readAll')}
          </Button>
        ) : null}
      </header>
      <div className="notifications-body">
        {list.isPending ? <Skeleton height="10rem" /> : null}
        {list.error ? (
          <Banner tone="danger" title={t('notification.failed')} announce="assertive">
            {refusal(errorCode(list.error))}
          </Banner>
        ) : null}
        {list.data && notifications.length === 0 ? (
          <EmptyState icon={BellIcon} title={t('notification.empty.title')} level={3}>
            {t('notification.empty.text')}
          </EmptyState>
        ) : null}
        {notifications.length > 0 ? (
          <ul className="notifications-list">
            {notifications.map((one) => (
              <Item
                key={one.id}
                notification={one}
                onOpen={() => {
                  if (!one.read) read.mutate({ ids: [one.id] });
                  onClose();
                }}
              />
            ))}
          </ul>
        ) : null}
      </div>
      <footer className="notifications-foot">
        <Link className="notifications-settings" to="/notifications/settings" onClick={onClose}>
          <SettingsIcon />
          {t('notification.settings')}
        </Link>
      </footer>
    </>
  );
}

function pathOf({ kind, lessonId, detail }: Notification): string {
  if (kind === 'space-low') return '/storage';
  if (kind === 'capacity-near') return '/status';
  return kind === 'recording-ready' && detail.recordingId ? `/recordings/${detail.recordingId}` : `/lessons/${lessonId ?? ''}`;
}

function titleOf({ space, capacity, title }: Notification['detail'], t: Texts['t']): string {
  if (space) return t('notification.space', { level: space.level });
  return capacity ? t('notification.capacity', { level: capacity.level }) : title;
}

function Item({ notification, onOpen }: { readonly notification: Notification; readonly onOpen: () => void }) {
  const texts = useText();
  const { t, relative } = texts;
  const { kind, detail, read, at } = notification;
  const Shape = kindIcons[kind];
  return (
    <li>
      <Link className={cx('notification', !read && 'notification-unread')} to={pathOf(notification)} onClick={onOpen}>
        <Shape />
        <span className="notification-text">
          <span className="notification-kind">
            {t(`notification.kind.${kind}`)}
            {read ? null : <VisuallyHidden>, {t('notification.unread')}</VisuallyHidden>}
          </span>
          <span className="notification-title">{titleOf(detail, t)}</span>
          {linesOf(notification, texts).map((line) => (
            <span key={line} className="notification-line tabular">
              {line}
            </span>
          ))}
          <span className="notification-line">{relative(at)}</span>
        </span>
        {read ? null : <span className="notification-dot" aria-hidden="true" />}
      </Link>
    </li>
  );
}
