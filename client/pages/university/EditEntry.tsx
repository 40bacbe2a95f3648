// The part of a drawer that changes what a course or a group is called.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Faculty } from '../../../server/contract/catalogue.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { announce } from '../../ui/live.ts';
import { catalogueChanged } from './catalogue.ts';
import { EntryFormFields } from './EntryFields.tsx';
import type { EntryDraft, EntryField } from './entry.ts';
import { useEntryForm } from './useEntryForm.ts';

type EditEntryProps = {
  readonly fields: readonly EntryField[];
  readonly first: EntryDraft;
  readonly faculties: readonly Faculty[];
  readonly send: (draft: EntryDraft) => Promise<unknown>;
};

export function EditEntry({ fields, first, faculties, send }: EditEntryProps) {
  const { t } = useText();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => send(form.draft),
    onSuccess: async () => {
      announce(t('app.saved'));
      await catalogueChanged(client);
    },
  });
  const form = useEntryForm(first, fields, save.error);
  return (
    <EntryFormFields form={form} faculties={faculties} onSend={() => save.mutate()}>
      {save.isSuccess ? <Banner tone="good">{t('app.saved')}</Banner> : null}
      <div>
        <Button type="submit" isPending={save.isPending}>
          {t('app.save')}
        </Button>
      </div>
    </EntryFormFields>
  );
}
