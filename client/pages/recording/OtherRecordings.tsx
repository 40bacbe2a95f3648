// The other recordings of the same lesson: recording may be stopped and begun again.
import { useQuery } from '@tanstack/react-query';
import type { LessonId, RecordingId } from '../../../server/contract/ids.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { PlayIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';

export function OtherRecordings({ lessonId, current }: { readonly lessonId: LessonId; readonly current: RecordingId }) {
  const { t, time, duration } = useText();
  const { data } = useQuery({
    queryKey: ['recordings', lessonId],
    queryFn: async ({ signal }) => (await api(recordingRoutes.recordings, { params: { id: lessonId }, signal })).recordings,
    staleTime: 30_000,
  });
  const others = (data ?? []).filter(({ id }) => id !== current).toSorted((a, b) => a.startedAt - b.startedAt);
  if (others.length === 0) return null;
  return (
    <section className="recording-others" aria-labelledby="other-recordings">
      <h2 id="other-recordings">{t('recording.others')}</h2>
      <ul className="recording-others-list">
        {others.map(({ id, startedAt, endedAt }) => (
          <li key={id}>
            <Link href={`/recordings/${id}`} icon={PlayIcon}>
              {t('recording.from', { time: time(startedAt) })}
            </Link>
            {endedAt === null ? null : <span className="recording-others-length">{duration(endedAt - startedAt)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
