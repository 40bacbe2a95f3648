// Adds many people from a CSV: first a check that shows every mistake by its line, then all or nobody.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ChangeEvent, useRef, useState } from 'react';
import { Role } from '../../../server/contract/identity.ts';
import { peopleRoutes } from '../../../server/contract/routes-people.ts';
import { api } from '../../app/api.ts';
import { downloadText } from '../../app/files.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DownloadIcon, UploadIcon } from '../../ui/icons.ts';
import { TextField } from '../../ui/TextField.tsx';
import { Credentials } from './Credentials.tsx';
import { ImportFaultList } from './ImportFaultList.tsx';
import { readCsv } from './read-csv.ts';

const sample = [
  'signInName,displayName,email,language,roles,password',
  'aigul.sadykova,Садықова Айгүл,aigul@example.kz,kk,teacher,',
  'ivan.petrov,Петров Иван,,ru,student,',
  'john.brown,John Brown,,en,teacher coordinator,',
].join('\r\n');

export function ImportPeople({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const client = useQueryClient();
  const file = useRef<HTMLInputElement>(null);
  const [csv, setCsv] = useState('');
  const [unreadable, setUnreadable] = useState<'tooLarge' | 'unreadable'>();
  const send = useMutation({
    mutationFn: async (dryRun: boolean) => ({ dryRun, ...(await api(peopleRoutes.importPeople, { body: { csv, dryRun } })) }),
    onSuccess: async ({ dryRun }) => {
      if (!dryRun) await client.invalidateQueries({ queryKey: ['people'] });
    },
  });
  const take = (text: string) => {
    setCsv(text);
    setUnreadable(undefined);
    send.reset();
  };
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? [];
    event.target.value = '';
    if (!chosen) return;
    const read = await readCsv(chosen);
    if ('fault' in read) setUnreadable(read.fault);
    else take(read.text);
  };

  const done = send.data && !send.data.dryRun ? send.data : undefined;
  const checked = send.data?.dryRun ? send.data : undefined;
  if (done) {
    const said = t('people.import.done', { n: done.created });
    return (
      <Dialog
        isOpen
        isDismissable={false}
        onOpenChange={(open) => !open && onClose()}
        isKeyboardDismissDisabled
        size="wide"
        title={t('people.import.title')}
        actions={
          <Button kind="primary" onPress={onClose}>
            {t(done.passwords.length > 0 ? 'people.import.close' : 'app.close')}
          </Button>
        }
      >
        <div className="import">
          <Banner tone="good" announce="polite">
            {said}
          </Banner>
          {done.passwords.length > 0 ? (
            <>
              <h3>{t('people.import.passwords')}</h3>
              <Credentials list={done.passwords} />
            </>
          ) : null}
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      isOpen
      isDismissable={false}
      onOpenChange={(open) => !open && onClose()}
      size="wide"
      title={t('people.import.title')}
      actions={
        <>
          <Button isDisabled={send.isPending} onPress={onClose}>
            {t('app.cancel')}
          </Button>
          <Button kind="primary" isDisabled={csv.trim() === ''} isPending={send.isPending} onPress={() => send.mutate(!checked)}>
            {checked ? t('people.import.run', { n: checked.created }) : t('people.import.check')}
          </Button>
        </>
      }
    >
      <div className="import">
        <p>{t('people.import.lead')}</p>
        <p className="import-note">{t('people.import.columns')}</p>
        <p className="import-note">{t('people.import.roles', { roles: Role.options.join(', ') })}</p>
        <div className="import-file">
          <input ref={file} type="file" accept=".csv,.txt,text/csv,text/plain" hidden onChange={choose} />
          <Button icon={UploadIcon} onPress={() => file.current?.click()}>
            {t('people.import.file')}
          </Button>
          <Button kind="quiet" icon={DownloadIcon} onPress={() => downloadText('people.csv', `${sample}\r\n`, 'text/csv')}>
            {t('people.import.sample')}
          </Button>
          <span className="import-note">{t('people.import.drop')}</span>
        </div>
        <TextField label={t('people.import.text')} rows={8} value={csv} onChange={take} spellCheck="false" isDisabled={send.isPending} />
        {unreadable ? (
          <Banner tone="danger" announce="assertive">
            {t(`people.import.${unreadable}`)}
          </Banner>
        ) : null}
        {checked ? (
          <Banner tone="good" announce="polite">
            {t('people.import.good', { n: checked.created })}
          </Banner>
        ) : null}
        {send.error ? <ImportFaultList error={send.error} /> : null}
      </div>
    </Dialog>
  );
}
