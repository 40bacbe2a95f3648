// Gives a lesson more time while its door is open.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lessonRoutes } from '../../../server/contract/routes-lessons.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { ApiError, api, errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { announce } from '../../ui/live.ts';
import { lessonsKey } from './useLessons.ts';

const choices = [15, 30, 60];

export function ExtendLesson({ lesson, now }: { readonly lesson: Lesson; readonly now: number }) {
  const { t, time, refusal } = useText();
  const client = useQueryClient();
  const extend = useMutation({
    // Of a lesson that is over but not closed, the new time counts from now.
    mutationFn: (minutes: number) =>
      api(lessonRoutes.extendLesson, {
        params: { id: lesson.id },
        body: { endsAt: Math.round(Math.max(lesson.endsAt, now)) + minutes * 60_000 },
      }),
    onSuccess: async ({ endsAt }) => {
      announce(t('timetable.extend.done', { time: time(endsAt) }));
      await client.invalidateQueries({ queryKey: [lessonsKey] });
    },
  });
  const said = (error: Error) => {
    const latest = error instanceof ApiError ? error.details?.latest : undefined;
    return typeof latest === 'number' ? t('timetable.extend.tooLong', { time: time(latest) }) : refusal(errorCode(error));
  };
  return (
    <section className="drawer-part">
      <h3>{t('timetable.extend.title')}</h3>
      <p className="drawer-note">{t('timetable.extend.text', { time: time(lesson.endsAt) })}</p>
      <div className="drawer-buttons">
        {choices.map((n) => {
          const words = t('timetable.extend.by', { n });
          return (
            <Button key={n} aria-label={`${t('timetable.extend.title')}: ${words}`} onPress={() => extend.isPending || extend.mutate(n)}>
              {words}
            </Button>
          );
        })}
      </div>
      {extend.error ? (
        <Banner tone="danger" announce="assertive">
          {said(extend.error)}
        </Banner>
      ) : null}
    </section>
  );
}
