// After the class: why it is over for this person, and where to go from here.
import { useQuery } from '@tanstack/react-query';
import type { RecordingId } from '../../../server/contract/ids.ts';
import type { LeaveReason } from '../../../server/contract/reasons.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { api } from '../../app/api.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { CalendarIcon, DoorIcon, PlayIcon, RegisterIcon, ReloadIcon, SuccessIcon, WifiOffIcon } from '../../ui/icons.ts';
import { useClassroom, useObservable } from './classroom.ts';
import { addressAfterClass } from './look-back/look-back.ts';
import { Notice } from './Notice.tsx';

const icons = {
  left: SuccessIcon,
  'closed-page': SuccessIcon,
  'connection-lost': WifiOffIcon,
  removed: DoorIcon,
  'turned-away': DoorIcon,
  'class-ended': SuccessIcon,
  'ended-from-outside': DoorIcon,
  'door-closed': SuccessIcon,
  replaced: ReloadIcon,
  'server-stopped': WifiOffIcon,
  'account-disabled': DoorIcon,
  'signed-out': DoorIcon,
  'too-much': WifiOffIcon,
  'right-lost': DoorIcon,
} as const;

/** Those for whom the door is still open. */
const mayComeBack: ReadonlySet<LeaveReason> = new Set([
  'left',
  'closed-page',
  'connection-lost',
  'replaced',
  'server-stopped',
  'signed-out',
  'too-much',
  'right-lost',
]);

/** Whoever stays on the page of a class that nobody recorded asks in vain: after a minute it is let be. */
const mostLooks = 30;
const lookAgainMs = 2000;

type EndedProps = {
  readonly reason: LeaveReason;
  /** In the words of who ended the class. */
  readonly note?: string | undefined;
  readonly lesson: Lesson | null;
};

export function Ended({ reason, note, lesson }: EndedProps) {
  const { t } = useText();
  const { session, ...classroom } = useClassroom();
  const lookedAt = useObservable(classroom.lookedAt);
  const { state } = useSession();
  const leads = lesson?.role === 'teacher' || lesson?.role === 'assistant';
  const shownOut = reason === 'removed' || reason === 'turned-away' || reason === 'account-disabled';
  const recording = useLatestRecording(state === 'signed-in' && !shownOut ? lesson : null);
  const actions = (
    <div className="room-notice-actions">
      {mayComeBack.has(reason) ? (
        <Button kind="primary" icon={ReloadIcon} onPress={() => session.reset()}>
          {t('room.ended.comeBack')}
        </Button>
      ) : null}
      {lesson && leads ? (
        <ButtonLink icon={RegisterIcon} href={`/lessons/${lesson.id}/register`}>
          {t('room.ended.register')}
        </ButtonLink>
      ) : null}
      {recording ? (
        <ButtonLink icon={PlayIcon} href={addressAfterClass(recording, lookedAt)}>
          {t('room.ended.recording')}
        </ButtonLink>
      ) : null}
      {state === 'signed-in' ? (
        <ButtonLink icon={CalendarIcon} href="/">
          {t('room.ended.timetable')}
        </ButtonLink>
      ) : null}
    </div>
  );
  return (
    <Notice icon={icons[reason]} title={t(`room.ended.${reason}.title`)} action={actions}>
      {lesson ? <p className="room-notice-lesson">{lesson.title}</p> : null}
      {note ? <blockquote className="room-notice-words">{note}</blockquote> : null}
      <p>{t(`room.ended.${reason}.text`)}</p>
    </Notice>
  );
}

/** Its link appears as soon as there is something to watch. */
function useLatestRecording(lesson: Lesson | null): RecordingId | undefined {
  const { data } = useQuery({
    queryKey: ['recordings-after-class', lesson?.id],
    queryFn: ({ signal }) => (lesson ? api(recordingRoutes.recordings, { params: { id: lesson.id }, signal }) : { recordings: [] }),
    enabled: lesson !== null && lesson.rules.recording !== 'never',
    // The class may have ended a moment ago: what was known before it is old, and the last seconds may still be on their way to the disk.
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.recordings.length || state.dataUpdateCount >= mostLooks ? false : lookAgainMs),
  });
  return data?.recordings[0]?.id;
}
