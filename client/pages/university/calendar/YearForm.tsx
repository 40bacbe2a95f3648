// Adds or changes an academic year, or one of its terms: a name and two days.
import { useState } from 'react';
import type { AcademicYear, Term } from '../../../../server/contract/calendar.ts';
import { calendarRoutes } from '../../../../server/contract/routes-calendar.ts';
import { api } from '../../../app/api.ts';
import { FormDialog } from '../../../app/FormDialog.tsx';
import { useText } from '../../../i18n/index.ts';
import { TextField } from '../../../ui/TextField.tsx';
import { useCalendarSave } from './calendar.ts';
import { SpanFields } from './SpanFields.tsx';

type Draft = { readonly name: string; readonly startsOn: string; readonly endsOn: string };

export function YearForm({ year, onClose }: { readonly year: AcademicYear | null; readonly onClose: () => void }) {
  const { t } = useText();
  const send = (body: Draft) =>
    year ? api(calendarRoutes.changeYear, { params: { id: year.id }, body }) : api(calendarRoutes.addYear, { body });
  const remove = year ? () => api(calendarRoutes.removeYear, { params: { id: year.id } }) : undefined;
  return (
    <SpanForm
      title={t(year ? 'calendar.year.edit' : 'calendar.year.add')}
      nameHelp={t('calendar.year.nameHelp')}
      {...{ first: year, send, remove, onClose }}
    />
  );
}

type TermFormProps = { readonly year: AcademicYear; readonly term: Term | null; readonly onClose: () => void };

export function TermForm({ year, term, onClose }: TermFormProps) {
  const { t } = useText();
  const send = (draft: Draft) => {
    const body = { ...draft, yearId: year.id };
    return term ? api(calendarRoutes.changeTerm, { params: { id: term.id }, body }) : api(calendarRoutes.addTerm, { body });
  };
  const remove = term ? () => api(calendarRoutes.removeTerm, { params: { id: term.id } }) : undefined;
  return (
    <SpanForm
      title={t(term ? 'calendar.term.edit' : 'calendar.term.add')}
      nameHelp={t('calendar.term.nameHelp')}
      {...{ first: term, send, remove, onClose }}
    />
  );
}

type SpanFormProps = {
  readonly title: string;
  readonly nameHelp: string;
  readonly first: Draft | null;
  readonly send: (draft: Draft) => Promise<unknown>;
  readonly remove: (() => Promise<unknown>) | undefined;
  readonly onClose: () => void;
};

function SpanForm({ title, nameHelp, first, send, remove, onClose }: SpanFormProps) {
  const { t } = useText();
  const [draft, setDraft] = useState<Draft>({ name: first?.name ?? '', startsOn: first?.startsOn ?? '', endsOn: first?.endsOn ?? '' });
  const save = useCalendarSave(send, t('app.saved'), onClose);
  const removal = useCalendarSave(() => (remove ?? (() => Promise.resolve()))(), t('calendar.removed'), onClose);
  const { name, startsOn, endsOn } = draft;
  return (
    <FormDialog
      title={title}
      fault={name.trim() === '' || startsOn === '' || endsOn <= startsOn ? t('calendar.fault.span') : undefined}
      error={save.error}
      conflict={t('calendar.conflict')}
      isPending={save.isPending}
      onSend={() => save.mutate({ ...draft, name: name.trim() })}
      onClose={onClose}
      remove={
        remove && first
          ? {
              question: t('calendar.removeQuestion', { name: first.name }),
              send: () => removal.mutateAsync(undefined),
              error: removal.error,
            }
          : undefined
      }
    >
      <TextField
        label={t('calendar.field.name')}
        help={nameHelp}
        value={name}
        onChange={(value) => setDraft({ ...draft, name: value })}
        maxLength={40}
        autoComplete="off"
      />
      <SpanFields
        first={startsOn}
        last={endsOn}
        onChange={({ first: from, last }) => setDraft({ ...draft, startsOn: from, endsOn: last })}
      />
    </FormDialog>
  );
}
