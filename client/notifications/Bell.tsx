// The bell in the bar: how much is unread, and the list that opens from it.
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useText } from '../i18n/index.ts';
import { BellIcon } from '../ui/icons.ts';
import { announce } from '../ui/live.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import '../ui/IconButton.css';
import { unreadQuery } from './queries.ts';
import './Bell.css';

const NotificationList = lazy(() => import('./NotificationList.tsx'));
/** More is not worth counting. */
const most = 99;

export function Bell() {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const { data } = useQuery(unreadQuery);
  const unread = data?.unread ?? 0;
  const before = useRef<number>(undefined);
  useEffect(() => {
    if (data === undefined) return;
    const fresh = before.current === undefined ? 0 : data.unread - before.current;
    before.current = data.unread;
    if (fresh > 0) announce(t('notification.arrived', { n: fresh }));
  }, [data, t]);
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Tooltip text={t('notification.title')} placement="bottom">
        <AriaButton
          className="icon-button icon-button-quiet bell"
          aria-label={unread > 0 ? t('notification.bellUnread', { n: unread }) : t('notification.bell')}
        >
          <BellIcon />
          {unread > 0 ? (
            <span className="bell-count tabular" aria-hidden="true">
              {unread > most ? `${most}+` : unread}
            </span>
          ) : null}
        </AriaButton>
      </Tooltip>
      <Popover className="popover bell-panel" placement="bottom end" offset={4}>
        <Dialog className="bell-dialog" aria-label={t('notification.title')}>
          <Suspense fallback={<Skeleton height="10rem" />}>
            <NotificationList onClose={() => setOpen(false)} />
          </Suspense>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
