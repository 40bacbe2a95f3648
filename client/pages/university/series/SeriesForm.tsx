// Adds or changes a weekly pattern: shows what clashes before it saves, and saves despite it only when told to.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AcademicCalendar } from '../../../../server/contract/calendar.ts';
import type { NewSeries, Series } from '../../../../server/contract/planning.ts';
import { planningRoutes } from '../../../../server/contract/routes-planning.ts';
import { api } from '../../../app/api.ts';
import { FormDialog } from '../../../app/FormDialog.tsx';
import { dayKey, useText } from '../../../i18n/index.ts';
import { announce } from '../../../ui/live.ts';
import { Conflicts } from '../../timetable/Conflicts.tsx';
import { calendarKey } from '../../timetable/calendar.ts';
import { lessonsKey } from '../../timetable/useLessons.ts';
import { SeriesFields } from './SeriesFields.tsx';
import { draftOf, emptyDraft, seriesOf } from './series.ts';

type SeriesFormProps = {
  /** Null: a new one. */
  readonly series: Series | null;
  /** Of the list, for a new one. */
  readonly termId: string | null;
  readonly calendar: AcademicCalendar;
  readonly onClose: () => void;
};

export function SeriesForm({ series, termId, calendar, onClose }: SeriesFormProps) {
  const { t } = useText();
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => (series ? draftOf(series) : { ...emptyDraft(calendar, dayKey(calendar.now)), termId }));
  const [despite, setDespite] = useState(false);
  const wanted = seriesOf(draft);
  const done = async (said: string) => {
    announce(said);
    await Promise.all([['series'], [calendarKey], [lessonsKey]].map((queryKey) => client.invalidateQueries({ queryKey })));
    onClose();
  };
  const save = useMutation({
    mutationFn: ({ body, despite }: { body: NewSeries; despite: boolean }) => send(series, body, despite),
    onSuccess: () => done(t('app.saved')),
  });
  // What clashes is asked for first, so that it is seen before anything is saved.
  const check = useMutation({
    mutationFn: (body: NewSeries) => api(planningRoutes.seriesConflicts, { query: { seriesId: series?.id }, body }),
    onSuccess: ({ total }, body) => {
      if (total === 0) save.mutate({ body, despite: false });
    },
  });
  const remove = useMutation({
    mutationFn: () => (series ? api(planningRoutes.removeSeries, { params: { id: series.id } }) : Promise.resolve({})),
    onSuccess: () => done(t('series.removed')),
  });
  const clash = check.data && check.data.total > 0 ? check.data : undefined;
  const submit = () => {
    if (wanted === undefined) return;
    if (clash && despite) save.mutate({ body: wanted, despite });
    else check.mutate(wanted);
  };
  return (
    <FormDialog
      title={t(series ? 'series.edit' : 'series.add')}
      size="wide"
      fault={wanted === undefined ? t('series.fault') : undefined}
      error={check.error ?? save.error}
      warning={
        clash && {
          said: clash,
          content: <Conflicts conflicts={clash.conflicts} total={clash.total} mayDespite despite={despite} onDespite={setDespite} />,
        }
      }
      isPending={check.isPending || save.isPending}
      onSend={submit}
      onClose={onClose}
      remove={
        series
          ? {
              question: t('calendar.removeQuestion', { name: draft.title }),
              note: t('series.removeNote'),
              send: () => remove.mutateAsync(),
              error: remove.error,
            }
          : undefined
      }
    >
      <SeriesFields
        draft={draft}
        calendar={calendar}
        isNew={series === null}
        onChange={(next) => {
          setDraft(next);
          // Another time clashes with something else.
          setDespite(false);
          check.reset();
          save.reset();
        }}
      />
    </FormDialog>
  );
}

function send(series: Series | null, { termId, ...body }: NewSeries, despite: boolean) {
  const query = { despiteConflicts: despite ? ('true' as const) : ('false' as const) };
  return series
    ? api(planningRoutes.changeSeries, { params: { id: series.id }, query, body })
    : api(planningRoutes.addSeries, { query, body: { ...body, termId } });
}
