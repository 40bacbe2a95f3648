// One lesson's class, from the lobby to the last word: shows the page that fits the session's phase.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { Navigate, useLocation, useParams } from 'react-router';
import { LessonId } from '../../../server/contract/ids.ts';
import { lessonRoutes } from '../../../server/contract/routes-lessons.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { api } from '../../app/api.ts';
import { NotFound } from '../../app/FullPageNotice.tsx';
import { guestTokenOf, invitationOf } from '../../app/guest-tokens.ts';
import { signInAddress } from '../../app/next-address.ts';
import { PageSkeleton } from '../../app/PageSkeleton.tsx';
import { useSession } from '../../app/session.tsx';
import { SessionContext, useRoomSession, useSessionState } from '../../session/useSession.ts';
import { Classroom } from './Classroom.tsx';
import { ClassroomContext, type Classroom as Opened, openClassroom } from './classroom.ts';
import { Ended } from './Ended.tsx';
import { Lobby } from './Lobby.tsx';
import { Early, Refused } from './Refused.tsx';
import { WaitingRoom } from './WaitingRoom.tsx';
import './room.css';

export default function RoomPage() {
  const { lessonId } = useParams();
  const id = LessonId.safeParse(lessonId);
  return id.success ? <Door key={id.data} lessonId={id.data} /> : <NotFound />;
}

/** Whoever was let through once stays: a sign-out elsewhere does not end a class that runs; only the server does. */
function Door({ lessonId }: { lessonId: LessonId }) {
  const location = useLocation();
  const { state } = useSession();
  const allowed = guestTokenOf(lessonId) !== undefined || state === 'signed-in';
  const [wasAllowed, setWasAllowed] = useState(allowed);
  useEffect(() => {
    if (allowed) setWasAllowed(true);
  }, [allowed]);
  if (allowed || wasAllowed) return <Entered lessonId={lessonId} />;
  if (state === 'loading' || state === 'unreachable') return <PageSkeleton />;
  return <Navigate to={signInAddress(location)} replace />;
}

function Entered({ lessonId }: { lessonId: LessonId }) {
  const [classroom, setClassroom] = useState<Opened | null>(null);
  useEffect(() => {
    const opened = openClassroom(lessonId);
    setClassroom(opened);
    return () => opened.close();
  }, [lessonId]);
  if (!classroom) return <PageSkeleton />;
  return (
    <ClassroomContext value={classroom}>
      <SessionContext value={classroom.session}>
        <Phases lessonId={lessonId} />
      </SessionContext>
    </ClassroomContext>
  );
}

function Phases({ lessonId }: { lessonId: LessonId }) {
  const state = useSessionState();
  const location = useLocation();
  const { state: account } = useSession();
  const asGuest = guestTokenOf(lessonId) !== undefined;
  const { lesson, isLoading } = useLesson(lessonId, asGuest);
  const invitation = useMemo(() => (asGuest ? invitationOf(lessonId) : undefined), [lessonId, asGuest]);
  /** The door is taken to be open up to here; the server has the last word. */
  const [opened, setOpened] = useState(() => Date.now());
  const session = useRoomSession();
  /** Giving up returns the devices: the lobby begins anew and opens them again. */
  const [visit, setVisit] = useState(0);
  const giveUp = () => {
    session.reset();
    setVisit(visit + 1);
  };
  const lobby = { lesson, invitation, onGiveUp: giveUp };
  switch (state.phase) {
    case 'idle':
      if (!asGuest && account === 'signed-out') return <Navigate to={signInAddress(location)} replace />;
      // No device is opened before it is known whether this person may use it.
      if (isLoading) return <PageSkeleton />;
      if (lesson && lesson.opensAt > opened)
        return <Early opensAt={lesson.opensAt} title={lesson.title} onOpen={() => setOpened(Number.POSITIVE_INFINITY)} />;
      return <Lobby key={visit} {...lobby} joining={false} />;
    case 'joining':
      return <Lobby key={visit} {...lobby} joining />;
    case 'waiting':
      return <WaitingRoom title={state.title} courseTitle={state.courseTitle} />;
    case 'in-room':
    case 'dropped':
      return <Classroom />;
    case 'ended':
      return <Ended reason={state.reason} note={state.note} lesson={lesson} />;
    case 'refused':
      return <Refused code={state.code} details={state.details} lesson={lesson} />;
  }
}

/** Null for guests, who may not look into the timetable, and until it is known. */
function useLesson(lessonId: LessonId, asGuest: boolean): { readonly lesson: Lesson | null; readonly isLoading: boolean } {
  const { state } = useSession();
  const { data, isLoading } = useQuery({
    queryKey: ['lesson', lessonId],
    queryFn: ({ signal }) => api(lessonRoutes.lesson, { params: { id: lessonId }, signal }),
    enabled: state === 'signed-in' && !asGuest,
  });
  return { lesson: data ?? null, isLoading };
}
