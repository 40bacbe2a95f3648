// Plans a single lesson: what, when, for whom, and how its room behaves.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Person } from '../../../server/contract/identity.ts';
import { lessonRoutes } from '../../../server/contract/routes-lessons.ts';
import { planningRoutes } from '../../../server/contract/routes-planning.ts';
import { api, errorCode } from '../../app/api.ts';
import { useSettled } from '../../app/useSettled.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { announce } from '../../ui/live.ts';
import { SkeletonText } from '../../ui/Skeleton.tsx';
import { Conflicts } from './Conflicts.tsx';
import { mayArrange } from './change/may.ts';
import { clashesOf } from './clash.ts';
import { NewLessonFields } from './NewLessonFields.tsx';
import { type Draft, emptyDraft, faultsOf, toSend } from './new-lesson.ts';
import { ShareForecast } from './ShareForecast.tsx';
import { choicesQuery, lessonsKey } from './useLessons.ts';
import './NewLessonDialog.css';

type NewLessonDialogProps = {
  readonly day: string;
  readonly now: number;
  readonly person: Person;
  readonly onClose: () => void;
  readonly onAdded: (day: string) => void;
};

export function NewLessonDialog({ day, now, person, onClose, onAdded }: NewLessonDialogProps) {
  const { t, refusal } = useText();
  const form = useId();
  const client = useQueryClient();
  const choices = useQuery(choicesQuery);
  const [draft, setDraft] = useState<Draft>(() =>
    emptyDraft(day, now, person.roles.includes('teacher') ? { id: person.id, name: person.displayName, detail: '' } : null),
  );
  const [looked, setLooked] = useState(false);
  const [despite, setDespite] = useState(false);
  const faults = faultsOf(draft, now);
  const body = faults.length === 0 ? toSend(draft) : undefined;
  const asked = useSettled(body ? JSON.stringify(body) : '', 300);
  const conflicts = useQuery({
    queryKey: ['lesson-conflicts', asked],
    queryFn: ({ signal }) => api(planningRoutes.lessonConflicts, { body: JSON.parse(asked), signal }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const add = useMutation({
    mutationFn: async () => {
      if (!body) throw new Error('The draft is not complete');
      return api(lessonRoutes.addLesson, { body: { ...body, despiteConflicts: despite } });
    },
    onSuccess: async () => {
      announce(t('timetable.new.added'));
      await client.invalidateQueries({ queryKey: [lessonsKey] });
      onAdded(draft.day);
    },
  });
  // Between the check and the saving somebody else may have taken the time.
  const clashes = clashesOf(add.error) ?? (body && asked !== '' ? conflicts.data : undefined);
  const mayDespite = mayArrange(person);
  const blocked = (clashes?.conflicts.length ?? 0) > 0 && !(mayDespite && despite);
  const fault = choices.error ?? (clashesOf(add.error) ? null : add.error);
  const submit = () => {
    setLooked(true);
    if (faults.length === 0) return add.mutate();
    // After the faults are drawn, the first of them is where one goes on.
    setTimeout(() => document.getElementById(form)?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] button')?.focus());
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(open) => !open && onClose()}
      // A click beside it must not throw away what was filled in.
      isDismissable={false}
      size="wide"
      title={t('timetable.new.title')}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} isPending={add.isPending} isDisabled={!choices.data?.courses.length || blocked}>
            {t('timetable.new.add')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="new-lesson"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {choices.isPending ? <SkeletonText lines={6} /> : null}
        {choices.data ? <NewLessonFields choices={choices.data} draft={draft} onChange={setDraft} faults={looked ? faults : []} /> : null}
        {body && asked !== '' ? <ShareForecast request={asked} /> : null}
        {clashes ? (
          <Conflicts conflicts={clashes.conflicts} total={clashes.total} mayDespite={mayDespite} despite={despite} onDespite={setDespite} />
        ) : null}
        {fault ? (
          <Banner tone="danger" announce="assertive">
            {refusal(errorCode(fault))}
          </Banner>
        ) : null}
      </form>
    </Dialog>
  );
}
