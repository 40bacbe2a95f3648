// Adds or changes a weekly pattern: shows what clashes before it saves, and saves despite it only when told to.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { AcademicCalendar } from '../../../../server/contract/calendar.ts';
import { routes } from '../../../../server/contract/http.ts';
import type { NewSeries, Series } from '../../../../server/contract/planning.ts';
import { api, errorCode } from '../../../app/api.ts';
import { dayKey, useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Confirm, Dialog } from '../../../ui/Dialog.tsx';
import { InSight } from '../../../ui/InSight.tsx';
import { DeleteIcon } from '../../../ui/icons.ts';
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
  const { t, refusal } = useText();
  const client = useQueryClient();
  const form = useId();
  const [draft, setDraft] = useState(() => (series ? draftOf(series) : { ...emptyDraft(calendar, dayKey(calendar.now)), termId }));
  const [tries, setTries] = useState(0);
  const [removing, setRemoving] = useState(false);
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
    mutationFn: (body: NewSeries) => api(routes.seriesConflicts, { query: { seriesId: series?.id }, body }),
    onSuccess: ({ total }, body) => {
      if (total === 0) save.mutate({ body, despite: false });
    },
  });
  const remove = useMutation({
    mutationFn: () => (series ? api(routes.removeSeries, { params: { id: series.id } }) : Promise.resolve({})),
    onSuccess: () => done(t('series.removed')),
  });
  const clash = check.data && check.data.total > 0 ? check.data : undefined;
  const failure = check.error ?? save.error ?? remove.error;
  const submit = () => {
    setTries(tries + 1);
    if (wanted === undefined) return;
    if (clash && despite) save.mutate({ body: wanted, despite });
    else check.mutate(wanted);
  };
  return (
    <Dialog
      isOpen
      isDismissable={false}
      onOpenChange={(open) => !open && onClose()}
      size="wide"
      title={t(series ? 'series.edit' : 'series.add')}
      actions={
        <>
          {series ? (
            <Button kind="danger" icon={DeleteIcon} className="calendar-remove" onPress={() => setRemoving(true)}>
              {t('calendar.remove')}
            </Button>
          ) : null}
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} isPending={check.isPending || save.isPending}>
            {t('app.save')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="university-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
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
        <InSight said={clash ?? failure ?? tries} className="university-said">
          {tries > 0 && wanted === undefined ? (
            <Banner tone="danger" announce="assertive">
              {t('series.fault')}
            </Banner>
          ) : null}
          {clash ? <Conflicts conflicts={clash.conflicts} total={clash.total} mayDespite despite={despite} onDespite={setDespite} /> : null}
          {failure ? (
            <Banner tone="danger" announce="assertive">
              {refusal(errorCode(failure))}
            </Banner>
          ) : null}
        </InSight>
      </form>
      <Confirm
        isOpen={removing}
        onOpenChange={setRemoving}
        title={t('calendar.removeQuestion', { name: draft.title })}
        kind="danger"
        action={t('calendar.remove')}
        onConfirm={async () => {
          // The refusal is shown in the form behind the question.
          await remove.mutateAsync().catch(() => undefined);
        }}
      >
        {t('series.removeNote')}
      </Confirm>
    </Dialog>
  );
}

function send(series: Series | null, { termId, ...body }: NewSeries, despite: boolean) {
  const query = { despiteConflicts: despite ? ('true' as const) : ('false' as const) };
  return series
    ? api(routes.changeSeries, { params: { id: series.id }, query, body })
    : api(routes.addSeries, { query, body: { ...body, termId } });
}
