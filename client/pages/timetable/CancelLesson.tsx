// Cancels a lesson that has not begun, after asking.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { routes } from '../../../server/contract/http.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { api, errorCode } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Dialog.tsx';
import { DeleteIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import { lessonsKey } from './useLessons.ts';

export function CancelLesson({ lesson, onCancelled }: { readonly lesson: Lesson; readonly onCancelled: () => void }) {
  const { t, refusal, dateTime } = useText();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const cancel = useMutation({
    mutationFn: () => api(routes.cancelLesson, { params: { id: lesson.id } }),
    onSuccess: async () => {
      announce(t('timetable.cancel.done'));
      await client.invalidateQueries({ queryKey: [lessonsKey] });
      onCancelled();
    },
  });
  return (
    <div className="drawer-last">
      {cancel.error ? (
        <Banner tone="danger" announce="assertive">
          {refusal(errorCode(cancel.error))}
        </Banner>
      ) : null}
      <Button icon={DeleteIcon} onPress={() => setAsking(true)}>
        {t('timetable.cancel.button')}
      </Button>
      <Confirm
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('timetable.cancel.title')}
        action={t('timetable.cancel.button')}
        kind="danger"
        // What is refused is said in the drawer, so the question closes either way.
        onConfirm={() =>
          cancel.mutateAsync().then(
            () => {},
            () => {},
          )
        }
      >
        {t('timetable.cancel.text', { title: lesson.title, date: dateTime(lesson.startsAt) })}
      </Confirm>
    </div>
  );
}
