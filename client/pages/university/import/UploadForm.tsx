// Chooses a file and whose records it holds, and uploads it; that changes nothing yet.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ChangeEvent, useRef, useState } from 'react';
import type { ImportId } from '../../../../server/contract/ids.ts';
import { ImportTable } from '../../../../server/contract/import.ts';
import { importRoutes } from '../../../../server/contract/routes-import.ts';
import { api, errorCode } from '../../../app/api.ts';
import { useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button, ButtonLink } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { DownloadIcon, SpreadsheetIcon, UploadIcon } from '../../../ui/icons.ts';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { importsQuery } from './imports.ts';

const mostBytes = 64 * 1024 * 1024;
const byName = 'by-name';

export function UploadForm({ onUploaded }: { readonly onUploaded: (id: ImportId) => void }) {
  const { t, refusal, number } = useText();
  const client = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [typed, setTyped] = useState<string>();
  // Most universities have one system of records, whose files come again and again.
  const last = useQuery(importsQuery).data?.[0]?.source;
  const source = typed ?? last ?? '';
  const [table, setTable] = useState<ImportTable | typeof byName>(byName);
  const [course, setCourse] = useState('');
  const [looked, setLooked] = useState(false);
  const isCsv = file !== null && /\.(csv|txt)$/i.test(file.name);
  const isCalendar = file !== null && /\.(ics|ical|ifb)$/i.test(file.name);
  const tooLarge = file !== null && file.size > mostBytes;
  const upload = useMutation({
    mutationFn: (chosen: File) =>
      api(importRoutes.uploadImport, {
        query: {
          name: chosen.name,
          source: source.trim(),
          table: isCsv && table !== byName ? table : undefined,
          course: isCalendar && course.trim() !== '' ? course.trim() : undefined,
        },
        file: chosen,
      }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: importsQuery.queryKey });
      onUploaded(id);
    },
  });
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? [];
    event.target.value = '';
    if (!chosen) return;
    setFile(chosen);
    upload.reset();
  };
  const missing = file === null ? t('import.fault.noFile') : source.trim() === '' ? t('import.fault.noSource') : undefined;
  const send = () => {
    setLooked(true);
    if (file !== null && missing === undefined && !tooLarge) upload.mutate(file);
  };
  return (
    <Card title={t('import.upload.title')}>
      <p className="university-note">{t('import.upload.lead')}</p>
      <div className="import-templates">
        <ButtonLink icon={SpreadsheetIcon} href="/api/imports/template.xlsx" download>
          {t('import.template.xlsx')}
        </ButtonLink>
        <details>
          <summary>{t('import.template.csv')}</summary>
          <ul>
            {ImportTable.options.map((id) => (
              <li key={id}>
                <ButtonLink kind="quiet" size="small" icon={DownloadIcon} href={`/api/imports/template/${id}.csv`} download>
                  {t(`import.table.${id}`)}
                </ButtonLink>
              </li>
            ))}
          </ul>
        </details>
      </div>
      <div className="import-file">
        <input ref={picker} type="file" accept=".xlsx,.csv,.txt,.json,.ics,.ical" hidden onChange={choose} />
        <Button icon={UploadIcon} onPress={() => picker.current?.click()} isDisabled={upload.isPending}>
          {t('import.upload.choose')}
        </Button>
        <span className="import-file-name">
          {file
            ? t('import.upload.chosen', { name: file.name, size: number(Math.max(1, Math.round(file.size / 1024))) })
            : t('import.upload.kinds')}
        </span>
      </div>
      <div className="import-fields">
        <TextField
          label={t('import.source')}
          help={t('import.sourceHelp')}
          value={source}
          onChange={setTyped}
          maxLength={80}
          autoComplete="off"
        />
        {isCsv ? (
          <Select
            label={t('import.csvTable')}
            options={[
              { id: byName, label: t('import.csvByName') },
              ...ImportTable.options.map((id) => ({ id, label: t(`import.table.${id}`) })),
            ]}
            value={table}
            onChange={setTable}
          />
        ) : null}
        {isCalendar ? (
          <TextField
            label={t('import.course')}
            help={t('import.courseHelp')}
            optional
            value={course}
            onChange={setCourse}
            maxLength={80}
            autoComplete="off"
          />
        ) : null}
      </div>
      {looked && missing ? (
        <Banner tone="danger" announce="assertive">
          {missing}
        </Banner>
      ) : null}
      {tooLarge || upload.error ? (
        <Banner tone="danger" announce="assertive">
          {tooLarge || errorCode(upload.error) === 'too-large' ? t('import.fault.tooLarge') : refusal(errorCode(upload.error))}
        </Banner>
      ) : null}
      <div>
        <Button kind="primary" isPending={upload.isPending} onPress={send}>
          {t('import.upload.send')}
        </Button>
      </div>
    </Card>
  );
}
