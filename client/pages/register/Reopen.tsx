// Opens a signed register again, with a reason. For coordinators.
import { useState } from 'react';
import { type Register, Reopening } from '../../../server/contract/attendance.ts';
import { FormDialog } from '../../app/FormDialog.tsx';
import { useText } from '../../i18n/index.ts';
import { TextField } from '../../ui/TextField.tsx';
import { useReopening } from './register-query.ts';

export function Reopen({ lessonId, onClose }: { readonly lessonId: Register['lessonId']; readonly onClose: () => void }) {
  const { t } = useText();
  const [reason, setReason] = useState('');
  const reopen = useReopening(lessonId, t('register.reopen.done'), onClose);
  const draft = Reopening.safeParse({ reason });
  return (
    <FormDialog
      title={t('register.reopen.title')}
      action={t('register.reopen')}
      fault={draft.success ? undefined : t('register.noReason')}
      error={reopen.error}
      conflict={t('register.conflict')}
      isPending={reopen.isPending}
      onSend={() => draft.success && reopen.mutate(draft.data.reason)}
      onClose={onClose}
    >
      <p>{t('register.reopen.means')}</p>
      <TextField label={t('register.reason')} value={reason} onChange={setReason} rows={3} maxLength={500} isRequired />
    </FormDialog>
  );
}
