// Adds a key for another system, and shows it once.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiRight, NewApiKey } from '../../../../server/contract/api-keys.ts';
import { importRoutes } from '../../../../server/contract/routes-import.ts';
import { api } from '../../../app/api.ts';
import { CopyButton } from '../../../app/CopyButton.tsx';
import { FormDialog } from '../../../app/FormDialog.tsx';
import { instantAt, useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/TextField.tsx';

export function AddKey({ onAdded, onClose }: { readonly onAdded: () => void; readonly onClose: () => void }) {
  const { t } = useText();
  const [name, setName] = useState('');
  const [rights, setRights] = useState<readonly ApiRight[]>(['timetable:write']);
  const [day, setDay] = useState('');
  const draft = NewApiKey.safeParse({ name, rights, expiresAt: day === '' ? null : instantAt(day, '23:59') });
  const add = useMutation({ mutationFn: (body: NewApiKey) => api(importRoutes.addApiKey, { body }), onSuccess: onAdded });
  if (add.data) {
    return (
      <Dialog
        isOpen
        isDismissable={false}
        onOpenChange={(open) => !open && onClose()}
        title={t('keys.added')}
        actions={
          <Button kind="primary" onPress={onClose}>
            {t('app.close')}
          </Button>
        }
      >
        <div className="university-form">
          <Banner tone="warn">{t('keys.addedNote')}</Banner>
          <code className="university-secret">{add.data.secret}</code>
          <div>
            <CopyButton text={add.data.secret} label={t('keys.copy')} />
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={t('keys.add')}
      action={t('app.add')}
      fault={draft.success ? undefined : t('keys.fault')}
      error={add.error}
      isPending={add.isPending}
      onSend={() => draft.success && add.mutate(draft.data)}
      onClose={onClose}
    >
      <TextField label={t('keys.name')} help={t('keys.nameHelp')} value={name} onChange={setName} maxLength={80} autoComplete="off" />
      <fieldset className="university-fieldset">
        <legend>{t('keys.rights')}</legend>
        {ApiRight.options.map((right) => (
          <Checkbox
            key={right}
            isSelected={rights.includes(right)}
            onChange={(on) => setRights(on ? [...rights, right] : rights.filter((one) => one !== right))}
          >
            {t(`keys.right.${right}`)}
          </Checkbox>
        ))}
      </fieldset>
      <TextField label={t('keys.expires')} help={t('keys.expiresHelp')} type="date" optional value={day} onChange={setDay} />
    </FormDialog>
  );
}
