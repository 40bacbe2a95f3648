// Lets a rule hold from a day on: what it would change in registers is shown first, and only then can it be saved.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { AttendanceRule, NewRegisterRule, RegisterRules } from '../../../../server/contract/attendance.ts';
import { recordsRoutes } from '../../../../server/contract/routes-records.ts';
import { api } from '../../../app/api.ts';
import { FormDialog } from '../../../app/FormDialog.tsx';
import { dayKey, useText } from '../../../i18n/index.ts';
import { announce } from '../../../ui/live.ts';
import { Difference } from './Difference.tsx';
import { RuleFields } from './RuleFields.tsx';
import { draftOf, type Place, ruleOf } from './rules.ts';

type RuleFormProps = {
  /** What the form begins with. */
  readonly rule: AttendanceRule;
  readonly place: Place;
  /** The scope can be chosen. */
  readonly isNew: boolean;
  readonly mayWrite: z.output<typeof RegisterRules>['mayWrite'];
  readonly onClose: () => void;
};

export function RuleForm({ rule, place, isNew, mayWrite, onClose }: RuleFormProps) {
  const { t } = useText();
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(rule, place, dayKey(Date.now())));
  const wanted = ruleOf(draft);
  const preview = useMutation({ mutationFn: (body: NewRegisterRule) => api(recordsRoutes.previewRegisterRule, { body }) });
  const save = useMutation({
    mutationFn: (body: NewRegisterRule) => api(recordsRoutes.addRegisterRule, { body }),
    onSuccess: async () => {
      announce(t('rules.saved'));
      await Promise.all([['register-rules'], ['register']].map((queryKey) => client.invalidateQueries({ queryKey })));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t(isNew ? 'rules.add' : 'rules.change')}
      size="wide"
      action={t(preview.data ? 'rules.save' : 'rules.preview')}
      fault={wanted === undefined ? t('rules.fault') : undefined}
      error={preview.error ?? save.error}
      warning={preview.data && { said: preview.data, content: <Difference difference={preview.data} /> }}
      isPending={preview.isPending || save.isPending}
      onSend={() => {
        if (wanted === undefined) return;
        if (preview.data) save.mutate(wanted);
        else preview.mutate(wanted);
      }}
      onClose={onClose}
    >
      <RuleFields
        draft={draft}
        isNew={isNew}
        mayWrite={mayWrite}
        onChange={(next) => {
          setDraft(next);
          // Another rule changes something else.
          preview.reset();
          save.reset();
        }}
      />
    </FormDialog>
  );
}
