// The register of a lesson: for teachers all of it, for students their own row.
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import type { Register } from '../../../server/contract/attendance.ts';
import { LessonId } from '../../../server/contract/ids.ts';
import { NotFound } from '../../app/FullPageNotice.tsx';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { PageSkeleton } from '../../app/PageSkeleton.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { usePerson } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { ArrowLeftIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Downloads } from './Downloads.tsx';
import { FullRegister } from './FullRegister.tsx';
import { frameOf } from './frame.ts';
import { OwnRegister } from './OwnRegister.tsx';
import { registerQuery } from './register-query.ts';
import { isOwnOnly } from './register-view.ts';
import { TroubleLink } from './TroubleLink.tsx';
import './register.css';

export default function RegisterPage() {
  const id = LessonId.safeParse(useParams().lessonId);
  return id.success ? <LessonRegister key={id.data} id={id.data} /> : <NotFound />;
}

function LessonRegister({ id }: { readonly id: LessonId }) {
  const { t } = useText();
  const { data: register, error, refetch } = useQuery(registerQuery(id));
  usePageTitle(register ? t('attendance.titleOf', { title: register.title }) : t('attendance.title'));
  if (register) return <Shown register={register} isStale={error !== null} />;
  if (!error) return <PageSkeleton />;
  return <LoadFailure error={error} title={t('attendance.failed')} onRetry={() => void refetch()} />;
}

function Shown({ register, isStale }: { readonly register: Register; readonly isStale: boolean }) {
  const { t, date, timeRange, time } = useText();
  const person = usePerson();
  const { lessonId, title, courseTitle, startsAt, endsAt, asOf, rows } = register;
  const own = isOwnOnly(register, person.id) ? rows[0] : undefined;
  const frame = frameOf(register);
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
            <>
              <TroubleLink lessonId={lessonId} />
              <Downloads lessonId={lessonId} />
            </>
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
