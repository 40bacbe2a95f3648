// Where one is signed in, and the way to sign out there.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OwnSession } from '../../../server/contract/privacy.ts';
import { accountRoutes } from '../../../server/contract/routes-accounts.ts';
import { api, errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { announce } from '../../ui/live.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { deviceOf } from './device.ts';

const sessionsKey = ['own-sessions'] as const;

export function SessionsSection() {
  const { t, refusal, dateTime } = useText();
  const client = useQueryClient();
  const list = useQuery({ queryKey: sessionsKey, queryFn: ({ signal }) => api(accountRoutes.ownSessions, { signal }) });
  const end = useMutation({
    mutationFn: (id: string) => api(accountRoutes.endOwnSession, { params: { id } }),
    onSuccess: async () => {
      announce(t('account.sessions.ended'));
      await client.invalidateQueries({ queryKey: sessionsKey });
    },
  });
  const nameOf = ({ userAgent }: OwnSession) => {
    const device = deviceOf(userAgent);
    return device ? t('account.sessions.device', device) : t('account.sessions.unknown');
  };
  const error = list.error ?? end.error;
  return (
    <Card title={t('account.sessions.title')}>
      <div className="account-stack">
        {error ? (
          <Banner tone="danger" announce="assertive">
            {refusal(errorCode(error))}
          </Banner>
        ) : null}
        {list.isPending ? <Skeleton height="4rem" /> : null}
        <ul className="account-sessions">
          {list.data?.sessions.map((session) => (
            <li key={session.id} className="account-session">
              <div>
                <div className="account-session-name">
                  {nameOf(session)}
                  {session.current ? <Chip tone="good">{t('account.sessions.current')}</Chip> : null}
                </div>
                <div className="account-note">
                  {t('account.sessions.seen', { when: dateTime(session.lastSeenAt), address: session.address })}
                </div>
              </div>
              {session.current ? null : (
                <Button isPending={end.isPending && end.variables === session.id} onPress={() => end.mutate(session.id)}>
                  {t('account.sessions.end')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
