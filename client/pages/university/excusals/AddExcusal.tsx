// Excuses a student for some days: found by the group, as lists of a dean's office are kept.
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ExcuseReason, NewExcusal } from '../../../../server/contract/excusals.ts';
import { GroupId } from '../../../../server/contract/ids.ts';
import { catalogueRoutes } from '../../../../server/contract/routes-catalogue.ts';
import { recordsRoutes } from '../../../../server/contract/routes-records.ts';
import { api } from '../../../app/api.ts';
import { FormDialog } from '../../../app/FormDialog.tsx';
import { compareNames, dayKey, useText } from '../../../i18n/index.ts';
import { ComboBox } from '../../../ui/ComboBox.tsx';
import { announce } from '../../../ui/live.ts';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { excuseWords } from '../../register/why-words.ts';
import { FindField } from '../../timetable/FindField.tsx';
import type { Found } from '../../timetable/find.ts';
import { SpanFields } from '../calendar/SpanFields.tsx';
import { peopleKey } from '../catalogue.ts';
import '../calendar/CalendarSection.css';

export function AddExcusal({ onAdded, onClose }: { readonly onAdded: () => void; readonly onClose: () => void }) {
  const { t } = useText();
  const [group, setGroup] = useState<Found | null>(null);
  const [personId, setPersonId] = useState<string | null>(null);
  const [span, setSpan] = useState(() => ({ first: dayKey(Date.now()), last: dayKey(Date.now()) }));
  const [reason, setReason] = useState<ExcuseReason | null>(null);
  const [note, setNote] = useState('');
  const draft = NewExcusal.safeParse({ personId, firstOn: span.first, lastOn: span.last, reason, note });
  const save = useMutation({
    mutationFn: (body: NewExcusal) => api(recordsRoutes.addExcusal, { body }),
    onSuccess: () => {
      announce(t('excusals.added'));
      onAdded();
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('excusals.add')}
      action={t('excusals.excuse')}
      fault={draft.success ? undefined : t(span.last < span.first ? 'excusals.faultDays' : 'excusals.fault')}
      error={save.error}
      isPending={save.isPending}
      onSend={() => draft.success && save.mutate(draft.data)}
      onClose={onClose}
    >
      <FindField
        what="group"
        label={t('excusals.group')}
        value={group}
        onChange={(next) => {
          setGroup(next);
          setPersonId(null);
        }}
      />
      {group ? <StudentField key={group.id} groupId={group.id} value={personId} onChange={setPersonId} /> : null}
      <SpanFields first={span.first} last={span.last} onChange={setSpan} />
      <Select
        label={t('register.reason')}
        placeholder={t('excusals.chooseReason')}
        options={ExcuseReason.options.map((id) => ({ id, label: capital(excuseWords(id, t)) }))}
        value={reason}
        onChange={setReason}
      />
      <TextField
        label={t('excusals.note')}
        help={t('excusals.noteHelp')}
        value={note}
        onChange={setNote}
        rows={2}
        maxLength={500}
        optional
      />
    </FormDialog>
  );
}

type StudentFieldProps = {
  readonly groupId: string;
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
};

function StudentField({ groupId, value, onChange }: StudentFieldProps) {
  const { t } = useText();
  const id = GroupId.parse(groupId);
  const { data } = useQuery({
    queryKey: peopleKey('group', groupId),
    queryFn: ({ signal }) => api(catalogueRoutes.groupMembers, { params: { id }, signal }),
  });
  const members = (data?.members ?? []).toSorted((a, b) => compareNames(a.displayName, b.displayName));
  return (
    <ComboBox
      // Its list is taken up when it is first drawn.
      key={data ? 'there' : 'loading'}
      label={t('excusals.student')}
      options={members.map((member) => ({ id: String(member.id), label: member.displayName }))}
      value={value}
      onChange={onChange}
      empty={t(data ? 'excusals.noStudent' : 'app.loading')}
    />
  );
}

function capital(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
