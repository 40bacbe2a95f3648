// One change of a lesson: what it needs to know, whom it concerns, and what it clashes with, before it is saved.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { z } from 'zod';
import type { LessonChangeRequest } from '../../../../server/contract/planning.ts';
import { planningRoutes } from '../../../../server/contract/routes-planning.ts';
import type { Lesson } from '../../../../server/contract/timetable.ts';
import { api, errorCode } from '../../../app/api.ts';
import { useSettled } from '../../../app/useSettled.ts';
import { useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { InSight } from '../../../ui/InSight.tsx';
import { announce } from '../../../ui/live.ts';
import { RadioGroup } from '../../../ui/RadioGroup.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { Conflicts } from '../Conflicts.tsx';
import { clashesOf } from '../clash.ts';
import { lessonsKey } from '../useLessons.ts';
import { ChangeFields } from './ChangeFields.tsx';
import { ChangeReach } from './ChangeReach.tsx';
import { type ChangeType, changeFaults, changeOf, draftOf } from './draft.ts';

type ChangeDialogProps = {
  readonly lesson: Lesson;
  readonly type: ChangeType;
  readonly now: number;
  readonly onClose: () => void;
};

type Request = z.input<typeof LessonChangeRequest>;

export function ChangeDialog({ lesson, type, now, onClose }: ChangeDialogProps) {
  const { t, refusal, dateTime } = useText();
  const form = useId();
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(lesson));
  const [note, setNote] = useState('');
  const [scope, setScope] = useState<'this' | 'following'>('this');
  const [despite, setDespite] = useState(false);
  const [looked, setLooked] = useState(false);
  const faults = changeFaults(type, draft, lesson, now);
  const change = changeOf(type, draft, lesson);
  const complete = change && faults.length === 0;
  const asked = useSettled(complete ? JSON.stringify({ change, scope } satisfies Request) : '', 300);
  const preview = useQuery({
    queryKey: ['lesson-change-preview', lesson.id, asked],
    queryFn: ({ signal }) => api(planningRoutes.previewChange, { params: { id: lesson.id }, body: JSON.parse(asked), signal }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const save = useMutation({
    mutationFn: (body: Request) => api(planningRoutes.changeLesson, { params: { id: lesson.id }, body }),
    onSuccess: async () => {
      announce(t(`timetable.change.${type}.done`));
      onClose();
      await client.invalidateQueries({ queryKey: [lessonsKey] });
    },
  });
  const seen = complete && asked !== '' ? preview.data : undefined;
  // Between the preview and the saving somebody else may have taken the place.
  const clashes = clashesOf(save.error) ?? seen;
  const mayDespite = seen?.mayDespite ?? false;
  const submit = () => {
    setLooked(true);
    if (complete) save.mutate({ change, scope, note: note.trim(), despiteConflicts: despite });
  };
  const blocked = (clashes?.conflicts.length ?? 0) > 0 && !(mayDespite && despite);
  const fault = clashesOf(save.error) ? null : (save.error ?? (seen ? null : preview.error));
  return (
    <Dialog
      isOpen
      onOpenChange={(open) => !open && onClose()}
      isDismissable={false}
      title={t(`timetable.change.${type}`)}
      actions={
        <>
          <Button onPress={onClose}>{t('app.close')}</Button>
          <Button
            kind={type === 'cancel' ? 'danger' : 'primary'}
            type="submit"
            form={form}
            isPending={save.isPending}
            isDisabled={complete ? blocked : false}
          >
            {t(`timetable.change.${type}.save`)}
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
        <p className="drawer-note">
          {lesson.title} · {dateTime(lesson.startsAt)}
        </p>
        <ChangeFields type={type} draft={draft} lesson={lesson} onChange={setDraft} faults={looked ? faults : []} />
        {lesson.seriesId === null ? null : (
          <RadioGroup
            label={t('timetable.change.scope')}
            options={(['this', 'following'] as const).map((id) => ({ id, label: t(`timetable.change.scope.${id}`) }))}
            value={scope}
            onChange={setScope}
          />
        )}
        <TextField
          label={t(type === 'cancel' ? 'timetable.change.reason' : 'timetable.note')}
          optional
          help={t('timetable.change.noteHelp')}
          value={note}
          onChange={setNote}
          maxLength={300}
          rows={2}
        />
        <ChangeReach preview={seen} waiting={complete === true && !seen && !preview.error} />
        {clashes ? (
          // Else a button that cannot be pressed would be all that one sees of it on a phone.
          <InSight said={clashes.conflicts.length > 0 && clashes}>
            <Conflicts
              conflicts={clashes.conflicts}
              total={clashes.total}
              mayDespite={mayDespite}
              despite={despite}
              onDespite={setDespite}
            />
          </InSight>
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
