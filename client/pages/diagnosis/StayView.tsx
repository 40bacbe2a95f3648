// One person's stay in one lesson: what it was, what to say, what to do, and the time of it as a picture, a story and figures.
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import type { Stay } from '../../../server/contract/diagnosis.ts';
import { errorCode } from '../../app/api.ts';
import { LoadBanner } from '../../app/LoadBanner.tsx';
import { PageSkeleton } from '../../app/PageSkeleton.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useText } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ArrowLeftIcon, SearchIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { announce } from '../../ui/live.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { worstOf } from './answer.ts';
import { type Asked, linkTo, type StayKey } from './asked.ts';
import { stayQuery } from './diagnosis-query.ts';
import { type Frame, frameOf } from './lanes.ts';
import { StayAnswer } from './StayAnswer.tsx';
import { StayTimes } from './StayTimes.tsx';
import type { Go } from './useAsked.ts';

type StayViewProps = { readonly asked: Asked; readonly stay: StayKey; readonly onGo: Go };

export function StayView({ asked, stay, onGo }: StayViewProps) {
  const { t } = useText();
  const { data, error, refetch } = useQuery(stayQuery(stay));
  const back = (
    <Link icon={ArrowLeftIcon} href={linkTo({ ...asked, stay: undefined, at: undefined })}>
      {t('diagnosis.stay.back')}
    </Link>
  );
  const nothing = (
    <EmptyState icon={SearchIcon} level={1} title={t('diagnosis.stay.nothing')} action={back}>
      {t('diagnosis.stay.nothing.text')}
    </EmptyState>
  );
  if (error && errorCode(error) === 'not-found') return nothing;
  if (error && !data) return <LoadBanner error={error} title={t('diagnosis.failed')} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const frame = frameOf(data);
  return frame === null ? nothing : <Shown stay={data} frame={frame} asked={asked} onGo={onGo} back={back} />;
}

type ShownProps = {
  readonly stay: Stay;
  readonly frame: Frame;
  readonly asked: Asked;
  readonly onGo: Go;
  readonly back: ReactNode;
};

function Shown({ stay, frame, asked, onGo, back }: ShownProps) {
  const { t, date, time } = useText();
  const { person, lesson, connections, troubles } = stay;
  const title = `${person.name} · ${t('diagnosis.title')}`;
  usePageTitle(title);
  // It follows the list without another page being loaded.
  useEffect(() => announce(title), [title]);
  const asks = asked.at;
  const meant = asks === undefined ? undefined : troubles.find((one) => one.from <= asks && asks < one.to);
  const trouble = meant ?? worstOf(troubles);
  const at = Math.min(Math.max(frame.from, asks ?? trouble?.from ?? frame.from), frame.to - 1);
  const networks = [...new Set(connections.flatMap(({ network }) => network ?? []))];
  const devices = [...new Set(connections.map(({ device }) => device).filter(Boolean))];
  const was =
    connections.length === 0 ? t('diagnosis.stay.never') : t('diagnosis.stay.was', { from: time(frame.from), to: time(frame.to) });
  return (
    <>
      <PageHeader
        back={back}
        title={person.name}
        note={
          <>
            {lesson.title} · {lesson.course.title} · {date(lesson.startsAt)}
            <br />
            {[was, ...devices, ...networks].join(' · ')}
          </>
        }
      />
      <div className="diagnosis">
        <StayAnswer stay={stay} trouble={trouble ?? null} onChoose={(from) => onGo({ at: from })} />
        <StayTimes key={`${lesson.id} ${person.id}`} stay={stay} frame={frame} at={at} onAt={(moment) => onGo({ at: moment }, true)} />
      </div>
    </>
  );
}
