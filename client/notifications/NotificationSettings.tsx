// What one wants to be told of, on which ways, and on which devices: a part of the account page.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NotificationChannel, NotificationChoice, NotificationSettings as Settings } from '../../server/contract/notification.ts';
import { notificationRoutes } from '../../server/contract/routes-notification.ts';
import { api, errorCode } from '../app/api.ts';
import { useText } from '../i18n/index.ts';
import { Banner } from '../ui/Banner.tsx';
import { Card } from '../ui/Card.tsx';
import { Checkbox } from '../ui/Checkbox.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Devices } from './Devices.tsx';
import { settingsQuery } from './queries.ts';
import './NotificationSettings.css';

export function NotificationSettings() {
  const { t, refusal } = useText();
  const settings = useQuery(settingsQuery);
  if (settings.error)
    return (
      <Banner tone="danger" title={t('notification.failed')} announce="assertive">
        {refusal(errorCode(settings.error))}
      </Banner>
    );
  if (!settings.data) return <Skeleton height="24rem" />;
  return (
    <div className="notification-settings">
      <Card title={t('notification.what')}>
        <p className="notification-settings-text">{t('notification.what.text')}</p>
        <Choices settings={settings.data} />
        <MailNote mail={settings.data.mail} />
      </Card>
      <Devices push={settings.data.push} />
    </div>
  );
}

function Choices({ settings }: { readonly settings: Settings }) {
  const { t, refusal } = useText();
  const client = useQueryClient();
  const choose = useMutation({
    mutationFn: (choice: NotificationChoice) => api(notificationRoutes.changeNotificationSettings, { body: { choices: [choice] } }),
    // The box is ticked at once; when the server does not take it, it shows again what holds.
    onMutate: ({ kind, channel, on }) => {
      client.setQueryData(
        settingsQuery.queryKey,
        (old) => old && { ...old, kinds: old.kinds.map((one) => (one.kind === kind ? { ...one, [channel]: on } : one)) },
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey: settingsQuery.queryKey }),
  });
  const ways = waysOf(settings);
  return (
    <>
      <table className="notification-choices">
        <thead>
          <tr>
            <th scope="col">{t('notification.what.kind')}</th>
            {ways.map((channel) => (
              <th key={channel} scope="col" className="notification-choices-way">
                {t(`notification.channel.${channel}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {settings.kinds.map((one) => (
            <tr key={one.kind}>
              <th scope="row">{t(`notification.kind.${one.kind}`)}</th>
              {ways.map((channel) => (
                <td key={channel} className="notification-choices-way">
                  {one.kind === 'lesson-starts-soon' && channel === 'inApp' ? null : (
                    <Checkbox
                      aria-label={`${t(`notification.kind.${one.kind}`)}: ${t(`notification.channel.${channel}`)}`}
                      isSelected={one[channel]}
                      onChange={(on) => choose.mutate({ kind: one.kind, channel, on })}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {choose.error ? (
        <Banner tone="danger" announce="assertive">
          {refusal(errorCode(choose.error))}
        </Banner>
      ) : null}
    </>
  );
}

/** What the server cannot send is not offered. */
function waysOf({ mail, push }: Settings): NotificationChannel[] {
  return ['inApp' as const, ...(mail.available ? (['mail'] as const) : []), ...(push.available ? (['push'] as const) : [])];
}

function MailNote({ mail }: { readonly mail: Settings['mail'] }) {
  const { t } = useText();
  if (!mail.available) return <p className="notification-settings-text">{t('notification.mailOff')}</p>;
  if (mail.address === null) return <Banner tone="warn">{t('notification.mailNoAddress')}</Banner>;
  return <p className="notification-settings-text">{t('notification.mailTo', { address: mail.address })}</p>;
}
