// The register of a lesson: for teachers all of it, for students their own row.
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { Register } from '../../../server/contract/attendance.ts';
import { routes } from '../../../server/contract/http.ts';
import { LessonId } from '../../../server/contract/ids.ts';
import { api } from '../../app/api.ts';
import { NotFound } from '../../app/FullPageNotice.tsx';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { PageSkeleton } from '../../app/PageSkeleton.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { usePerson } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { ButtonLink } from '../../ui/Button.tsx';
import { ArrowLeftIcon, SpreadsheetIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { FullRegister } from './FullRegister.tsx';
import { OwnRegister } from './OwnRegister.tsx';
import { barSpan, isOwnOnly } from './register-view.ts';
import './register.css';

const askAgainMs = 10_000;

export default function RegisterPage() {
  const id = LessonId.safeParse(useParams().lessonId);
  return id.success ? <LessonRegister key={id.data} id={id.data} /> : <NotFound />;
}

function LessonRegister({ id }: { readonly id: LessonId }) {
  const { t } = useText();
  const {
    data: register,
    error,
    refetch,
  } = useQuery({
    queryKey: ['register', id],
    queryFn: ({ signal }) => api(routes.register, { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data?.final ? false : askAgainMs),
    refetchOnWindowFocus: 'always',
  });
  usePageTitle(register ? t('attendance.titleOf', { title: register.title }) : t('attendance.title'));
  if (register) return <Shown register={register} isStale={error !== null} />;
  if (!error) return <PageSkeleton />;
  return <LoadFailure error={error} title={t('attendance.failed')} onRetry={() => void refetch()} />;
}

function Shown({ register, isStale }: { readonly register: Register; readonly isStale: boolean }) {
  const { t, date, timeRange, time, language } = useText();
  const person = usePerson();
  const { lessonId, title, courseTitle, startsAt, endsAt, asOf, final, rows } = register;
  const own = isOwnOnly(register, person.id) ? rows[0] : undefined;
  const frame = { span: barSpan(register), startsAt, endsAt, now: final ? null : asOf };
  return (
    <>
      <PageHeader
        back={
          <Link href="/" icon={ArrowLeftIcon}>
            {t('app.toTimetable')}
          </Link>
        }
        title={t(own ? 'attendance.own.title' : 'attendance.titleOf', { title })}
        note={
          <span className="register-note">
            <span>{courseTitle}</span>
            <span>{`${date(startsAt, 'long')}, ${timeRange(startsAt, endsAt)}`}</span>
          </span>
        }
        actions={
          own ? null : (
            <ButtonLink icon={SpreadsheetIcon} href={`/api/lessons/${lessonId}/register.csv?lang=${language}`} download="">
              {t('attendance.csv')}
            </ButtonLink>
          )
        }
      />
      {isStale ? (
        <Banner tone="warn" announce="polite" className="register-stale">
          {t('attendance.stale', { time: time(asOf) })}
        </Banner>
      ) : null}
      {own ? <OwnRegister register={register} row={own} frame={frame} /> : <FullRegister register={register} frame={frame} />}
    </>
  );
}
