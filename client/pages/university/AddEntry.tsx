// The dialog that adds a faculty, a course or a group, or renames a faculty.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Faculty } from '../../../server/contract/catalogue.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { announce } from '../../ui/live.ts';
import { catalogueChanged } from './catalogue.ts';
import { EntryFormFields } from './EntryFields.tsx';
import type { EntryDraft, EntryField } from './entry.ts';
import { useEntryForm } from './useEntryForm.ts';

type AddEntryProps = {
  readonly title: string;
  /** On the button; missing: *Add*. */
  readonly action?: string;
  readonly fields: readonly EntryField[];
  readonly first: EntryDraft;
  readonly faculties: readonly Faculty[];
  readonly send: (draft: EntryDraft) => Promise<unknown>;
  /** Said when it is done. */
  readonly done: (draft: EntryDraft) => string;
  readonly onClose: () => void;
};

export function AddEntry({ title, action, fields, first, faculties, send, done, onClose }: AddEntryProps) {
  const { t } = useText();
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: () => send(form.draft),
    onSuccess: async () => {
      announce(done(form.draft));
      await catalogueChanged(client);
      onClose();
    },
  });
  const form = useEntryForm(first, fields, add.error);
  return (
    <Dialog
      isOpen
      isDismissable={false}
      onOpenChange={(open) => !open && onClose()}
      title={title}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" type="submit" form={form.id} isPending={add.isPending}>
            {action ?? t('app.add')}
          </Button>
        </>
      }
    >
      <EntryFormFields form={form} faculties={faculties} onSend={() => add.mutate()} />
    </Dialog>
  );
}
