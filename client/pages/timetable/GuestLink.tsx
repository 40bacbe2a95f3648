// The link by which guests come: make, copy, revoke.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lessonRoutes } from '../../../server/contract/routes-lessons.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { api, errorCode } from '../../app/api.ts';
import { CopyButton } from '../../app/CopyButton.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { LinkIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { TextField } from '../../ui/TextField.tsx';

export function GuestLink({ lesson: { id } }: { readonly lesson: Lesson }) {
  const { t, refusal } = useText();
  const client = useQueryClient();
  const key = ['guest-link', id];
  const link = useQuery({ queryKey: key, queryFn: ({ signal }) => api(lessonRoutes.guestLink, { params: { id }, signal }) });
  const make = useMutation({
    mutationFn: () => api(lessonRoutes.makeGuestLink, { params: { id } }),
    onSuccess: (made) => {
      client.setQueryData(key, made);
      announce(t('timetable.guests.made'));
    },
  });
  const revoke = useMutation({
    mutationFn: () => api(lessonRoutes.revokeGuestLink, { params: { id } }),
    onSuccess: () => {
      client.setQueryData(key, { url: null });
      announce(t('timetable.guests.revoked'));
    },
  });
  const fault = link.error ?? make.error ?? revoke.error;
  const busy = make.isPending || revoke.isPending;
  const url = link.data?.url;
  return (
    <section className="drawer-part">
      <h3>{t('timetable.guests.title')}</h3>
      <p className="drawer-note">{t('timetable.guests.text')}</p>
      {link.isPending ? <Skeleton height="2.5rem" /> : null}
      {url ? (
        <>
          <TextField
            // The button that made it is gone.
            autoFocus={make.isSuccess}
            aria-label={t('timetable.guests.title')}
            value={url}
            isReadOnly
            onFocus={(event) => event.target instanceof HTMLInputElement && event.target.select()}
          />
          <div className="drawer-buttons">
            <CopyButton text={url} label={t('timetable.guests.copy')} />
            <Button kind="quiet" isPending={revoke.isPending} onPress={() => revoke.mutate()}>
              {t('timetable.guests.revoke')}
            </Button>
          </div>
        </>
      ) : null}
      {url === null ? (
        <div className="drawer-buttons">
          <Button icon={LinkIcon} isPending={busy} autoFocus={revoke.isSuccess} onPress={() => make.mutate()}>
            {t('timetable.guests.make')}
          </Button>
        </div>
      ) : null}
      {fault ? (
        <Banner tone="danger" announce="assertive">
          {refusal(errorCode(fault))}
        </Banner>
      ) : null}
    </section>
  );
}
