// The imports there were, newest first.
import { useQuery } from '@tanstack/react-query';
import type { ImportId } from '../../../../server/contract/ids.ts';
import { errorCode } from '../../../app/api.ts';
import { useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { Table } from '../../../ui/Table.tsx';
import { OpenButton } from '../CatalogueList.tsx';
import { importsQuery, tones } from './imports.ts';

export function ImportList({ onOpen }: { readonly onOpen: (id: ImportId) => void }) {
  const { t, dateTime, refusal } = useText();
  const { data: imports, error } = useQuery(importsQuery);
  if (error) return <Banner tone="danger">{refusal(errorCode(error))}</Banner>;
  if (imports === undefined || imports.length === 0) return null;
  return (
    <section aria-label={t('import.list')}>
      <h2 className="imports-title">{t('import.list')}</h2>
      <Table
        label={t('import.list')}
        columns={[
          {
            id: 'name',
            title: t('import.file'),
            isRowHeader: true,
            cell: (job) => <OpenButton name={job.name} label={t('import.open', { name: job.name })} onPress={() => onOpen(job.id)} />,
          },
          { id: 'state', title: t('import.state'), cell: ({ state }) => <Chip tone={tones[state]}>{t(`import.state.${state}`)}</Chip> },
          { id: 'source', title: t('import.source'), cell: ({ source }) => source },
          { id: 'at', title: t('import.when'), cell: ({ at }) => dateTime(at) },
          { id: 'by', title: t('import.by'), cell: ({ by }) => by },
        ]}
        rows={imports}
        rowKey={({ id }) => id}
        className="university-table"
      />
    </section>
  );
}
