// Where a guest's link leads: what one is invited to, and a name to come in with.
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { DisplayName, type GuestInvitation } from '../../../server/contract/identity.ts';
import { lessonRoutes } from '../../../server/contract/routes-lessons.ts';
import { ApiError, api, errorCode } from '../../app/api.ts';
import { forgetGuestTokens, keepGuestToken, keepInvitation } from '../../app/guest-tokens.ts';
import { PageSkeleton } from '../../app/PageSkeleton.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ArrowRightIcon, CalendarIcon, LinkIcon, ReloadIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { TextField } from '../../ui/TextField.tsx';
import './GuestPage.css';

export default function GuestPage() {
  const { t, refusal, date, timeRange } = useText();
  const { token: link = '' } = useParams();
  usePageTitle(t('identity.guest.title'));
  const invitation = useQuery({
    queryKey: ['invitation', link],
    queryFn: ({ signal }) => api(lessonRoutes.invitation, { params: { link }, signal }),
  });
  if (invitation.isPending) return <PageSkeleton />;
  if (!invitation.data) {
    const code = errorCode(invitation.error);
    const over = code === 'lesson-over' || code === 'lesson-cancelled';
    const invalid = code === 'link-invalid' || code === 'bad-request' || code === 'not-found' || code === 'guests-not-allowed';
    return (
      <EmptyState
        icon={over ? CalendarIcon : LinkIcon}
        level={1}
        title={invalid ? t('identity.guest.invalid.title') : refusal(code)}
        action={
          invalid || over ? undefined : (
            <Button icon={ReloadIcon} onPress={() => void invitation.refetch()}>
              {t('app.tryAgain')}
            </Button>
          )
        }
      >
        {invalid ? t('identity.guest.invalid.text') : null}
      </EmptyState>
    );
  }
  const { lessonId, title, courseTitle, startsAt, endsAt } = invitation.data;
  return (
    <div className="guest">
      <header className="guest-head">
        <p className="guest-lead">{t('identity.guest.lead')}</p>
        <h1>{title}</h1>
        <p className="guest-lead">{courseTitle}</p>
        <p className="guest-when">
          <CalendarIcon />
          <span>
            {date(startsAt, 'day')}, <span className="tabular">{timeRange(startsAt, endsAt)}</span>
          </span>
        </p>
      </header>
      <NameForm link={link} invitation={invitation.data} />
      <p className="guest-sign-in">
        <Link href={`/sign-in?next=${encodeURIComponent(`/lessons/${lessonId}`)}`} onPress={() => forgetGuestTokens(lessonId)}>
          {t('identity.guest.signIn')}
        </Link>
      </p>
    </div>
  );
}

function NameForm({ link, invitation }: { readonly link: string; readonly invitation: GuestInvitation }) {
  const { t, refusal, time } = useText();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [looked, setLooked] = useState(false);
  const right = DisplayName.safeParse(name).success;
  const enter = useMutation({
    mutationFn: () => api(lessonRoutes.enterAsGuest, { params: { link }, body: { name } }),
    onSuccess: ({ guestToken, lessonId }) => {
      keepGuestToken(lessonId, guestToken);
      keepInvitation(invitation);
      void navigate(`/lessons/${lessonId}`);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setLooked(true);
    if (right) enter.mutate();
    else event.currentTarget.querySelector('input')?.focus();
  };
  const opensAt = enter.error instanceof ApiError ? enter.error.details?.opensAt : undefined;
  return (
    <form className="guest-form" onSubmit={submit} noValidate>
      <TextField
        label={t('identity.guest.name')}
        help={t('identity.guest.nameHelp')}
        value={name}
        onChange={setName}
        fault={looked && !right ? t('identity.fault.displayName') : undefined}
        maxLength={120}
        autoComplete="name"
        autoFocus
      />
      {enter.error ? (
        <Banner tone={opensAt === undefined ? 'danger' : 'info'} announce="assertive" title={refusal(errorCode(enter.error))}>
          {typeof opensAt === 'number' ? t('identity.guest.early', { time: time(opensAt) }) : undefined}
        </Banner>
      ) : null}
      <Button type="submit" kind="primary" size="large" wide icon={ArrowRightIcon} isPending={enter.isPending}>
        {t('identity.guest.button')}
      </Button>
      <p className="guest-lead">{t('identity.guest.lobby')}</p>
    </form>
  );
}
