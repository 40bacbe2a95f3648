// The browsers of a person that show notifications while the site is closed.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NotificationSettings } from '../../server/contract/notification.ts';
import { notificationRoutes } from '../../server/contract/routes-notification.ts';
import { api } from '../app/api.ts';
import { useText } from '../i18n/index.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Chip } from '../ui/Chip.tsx';
import { BellIcon } from '../ui/icons.ts';
import { announce } from '../ui/live.ts';
import { deviceHere, forgetHere, pushState, subscribeHere } from './push.ts';
import { settingsQuery } from './queries.ts';

const hereKey = ['notifications', 'device-here'];

export function Devices({ push }: { readonly push: NotificationSettings['push'] }) {
  const { t, date } = useText();
  const client = useQueryClient();
  const here = useQuery({ queryKey: hereKey, queryFn: deviceHere, enabled: push.available });
  const again = () =>
    Promise.all([client.invalidateQueries({ queryKey: settingsQuery.queryKey }), client.invalidateQueries({ queryKey: hereKey })]);
  const add = useMutation({
    mutationFn: () => subscribeHere(push.key),
    onSuccess: (done) => {
      if (done) announce(t('notification.device.on'));
    },
    onSettled: again,
  });
  const remove = useMutation({
    mutationFn: async (id: string) => {
      if (id === here.data) await forgetHere();
      await api(notificationRoutes.removePushDevice, { params: { id } });
    },
    onSuccess: () => announce(t('notification.device.off')),
    onSettled: again,
  });
  if (!push.available)
    return (
      <Card title={t('notification.device')}>
        <p className="notification-settings-text">{t('notification.pushOff')}</p>
      </Card>
    );
  const state = pushState();
  const isOn = push.devices.some((device) => device.id === here.data);
  return (
    <Card title={t('notification.device')}>
      <p className="notification-settings-text">{t('notification.device.text')}</p>
      {push.devices.length === 0 ? <p>{t('notification.device.none')}</p> : null}
      <ul className="notification-devices">
        {push.devices.map((device) => (
          <li key={device.id}>
            <span className="notification-device">
              <span>
                {device.name || t('notification.device.unnamed')}{' '}
                {device.id === here.data ? <Chip tone="good">{t('notification.device.here')}</Chip> : null}
              </span>
              <span className="notification-settings-text">{t('notification.device.added', { date: date(device.addedAt) })}</span>
            </span>
            <Button
              size="small"
              aria-label={`${t('notification.device.remove')}: ${device.name || t('notification.device.unnamed')}`}
              isPending={remove.isPending && remove.variables === device.id}
              onPress={() => remove.mutate(device.id)}
            >
              {t('notification.device.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {state === 'unsupported' ? <Banner>{t('notification.device.unsupported')}</Banner> : null}
      {state === 'denied' ? <Banner tone="warn">{t('notification.device.denied')}</Banner> : null}
      {state === 'ready' && !isOn ? (
        <div>
          <Button icon={BellIcon} isPending={add.isPending} onPress={() => add.mutate()}>
            {t('notification.device.add')}
          </Button>
        </div>
      ) : null}
      {add.error || remove.error ? (
        <Banner tone="danger" announce="assertive">
          {t('notification.device.fault')}
        </Banner>
      ) : null}
    </Card>
  );
}
