// A verdict set by hand, with a reason; or taken back to what was computed.
import { useState } from 'react';
import { NewCorrection, type Register, type RegisterRow } from '../../../server/contract/attendance.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { useText } from '../../i18n/index.ts';
import { RadioGroup } from '../../ui/RadioGroup.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useCorrection } from './register-query.ts';
import { RowVerdict, verdictLooks } from './VerdictChip.tsx';

const choices = ['present', 'late', 'left-early', 'absent', 'excused'] as const;
type Choice = (typeof choices)[number] | 'take-back';

export type CorrectProps = {
  readonly lessonId: Register['lessonId'];
  readonly row: RegisterRow;
  readonly isSigned: boolean;
  readonly onClose: () => void;
};

export function Correct({ lessonId, row, isSigned, onClose }: CorrectProps) {
  const { t } = useText();
  const [choice, setChoice] = useState<Choice | null>(null);
  const [reason, setReason] = useState('');
  const save = useCorrection(lessonId, t(choice === 'take-back' ? 'register.correct.takenBack' : 'register.correct.done'), onClose);
  const draft = choice === null ? undefined : NewCorrection.safeParse({ verdict: choice === 'take-back' ? null : choice, reason }).data;
  const computed = t(verdictLooks[row.computed].word);
  const options = choices
    .filter((verdict) => verdict !== row.verdict)
    .map((id): { id: Choice; label: string; note?: string } => ({ id, label: t(verdictLooks[id].word) }));
  if (row.correction) {
    options.push({ id: 'take-back', label: t('register.correct.takeBack'), note: t('register.correct.takeBackNote', { computed }) });
  }
  return (
    <FormDialog
      title={t('register.correct.title', { name: row.name })}
      action={t('register.correct')}
      fault={draft === undefined ? t(choice === null ? 'register.correct.noChoice' : 'register.noReason') : undefined}
      error={save.error}
      conflict={t('register.conflict')}
      isPending={save.isPending}
      onSend={() => draft && save.mutate({ personId: row.personId, body: draft })}
      onClose={onClose}
    >
      <div className="register-correct-now">
        <span>{t('register.correct.now')}</span>
        <RowVerdict row={row} />
      </div>
      <RadioGroup label={t('register.correct.verdict')} options={options} value={choice} onChange={setChoice} />
      <TextField
        label={t('register.reason')}
        help={t(isSigned ? 'register.correct.helpSigned' : 'register.correct.help')}
        value={reason}
        onChange={setReason}
        rows={3}
        maxLength={500}
        isRequired
      />
    </FormDialog>
  );
}
