// What has been changed on a lesson: when, by whom, from what to what.
import { useQuery } from '@tanstack/react-query';
import type { LessonId } from '../../../../server/contract/ids.ts';
import { planningRoutes } from '../../../../server/contract/routes-planning.ts';
import { api } from '../../../app/api.ts';
import { useText } from '../../../i18n/index.ts';
import { lessonsKey } from '../useLessons.ts';
import { historyWords } from './history.ts';
import './Change.css';

export function ChangeHistory({ id }: { readonly id: LessonId }) {
  const texts = useText();
  const { t, dateTime } = texts;
  const { data = [] } = useQuery({
    queryKey: [lessonsKey, 'changes', id],
    queryFn: async ({ signal }) => (await api(planningRoutes.lessonChanges, { params: { id }, signal })).changes,
  });
  // A history that is empty, or cannot be had just now, is worth no words.
  if (data.length === 0) return null;
  return (
    <section className="drawer-part">
      <h3>{t('timetable.history.title')}</h3>
      <ol className="change-history">
        {data.map((change) => (
          <li key={`${change.at} ${change.change.type}`}>
            {historyWords(change, texts).map((line) => (
              <span key={line}>{line}</span>
            ))}
            {change.note ? <span>{t('timetable.history.note', { note: change.note })}</span> : null}
            <span className="drawer-note">
              {dateTime(change.at)} · {change.by}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
