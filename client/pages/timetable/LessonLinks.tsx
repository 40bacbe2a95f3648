// From a lesson to its register and its recordings, for those who may open them.
import { useQuery } from '@tanstack/react-query';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { PlayIcon, RegisterIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { recordingsQuery } from './recordings.ts';

export function LessonLinks({ lesson }: { readonly lesson: Lesson }) {
  return (
    <p className="lesson-links">
      <RegisterLink lesson={lesson} />
      {lesson.recordings > 0 ? <RecordingLinks lesson={lesson} /> : null}
    </p>
  );
}

export function RegisterLink({ lesson }: { readonly lesson: Lesson }) {
  const { t } = useText();
  const { hasRole } = useSession();
  const whole = lesson.role === 'teacher' || lesson.role === 'assistant' || hasRole('administrator', 'coordinator', 'observer');
  if (!whole && lesson.role !== 'student') return null;
  const words = t(whole ? 'timetable.register' : 'timetable.registerOwn');
  return (
    <Link href={`/lessons/${lesson.id}/register`} icon={RegisterIcon} aria-label={`${words}: ${lesson.title}`}>
      {words}
    </Link>
  );
}

/** One link per recording; with several, each by the time of its beginning. */
export function RecordingLinks({ lesson }: { readonly lesson: Lesson }) {
  const { t, time } = useText();
  const { data = [] } = useQuery(recordingsQuery(lesson.id));
  return data.map((recording) => {
    const words = data.length > 1 ? t('timetable.recordingAt', { time: time(recording.startedAt) }) : t('timetable.recording');
    return (
      <Link key={recording.id} href={`/recordings/${recording.id}`} icon={PlayIcon} aria-label={`${words}: ${lesson.title}`}>
        {words}
      </Link>
    );
  });
}
