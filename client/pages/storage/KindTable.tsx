// What each kind of lesson takes, and how long its recordings are kept.
import type { StorageState } from '../../../server/contract/recording-keeping.ts';
import { useText } from '../../i18n/index.ts';
import { type Column, Table } from '../../ui/Table.tsx';
import { ruleText, sizeText } from './words.ts';

type Kind = StorageState['byKind'][number];

export function KindTable({ state }: { readonly state: StorageState }) {
  const texts = useText();
  const { t, number } = texts;
  if (state.byKind.length === 0) return null;
  const columns: readonly Column<Kind>[] = [
    { id: 'kind', title: t('storage.kind'), isRowHeader: true, cell: (kind) => <KindName kind={kind} /> },
    { id: 'count', title: t('storage.count'), numeric: true, cell: ({ recordings }) => number(recordings) },
    {
      id: 'bytes',
      title: t('storage.bytes'),
      numeric: true,
      cell: ({ bytes }) => <span className="storage-size">{sizeText(texts, bytes)}</span>,
    },
  ];
  const rows = [...state.byKind].sort((one, other) => other.bytes - one.bytes);
  return (
    <section className="status-section">
      <h2>{t('storage.byKind')}</h2>
      <Table label={t('storage.byKind')} columns={columns} rows={rows} rowKey={({ kind }) => kind} />
    </section>
  );
}

function KindName({ kind }: { readonly kind: Kind }) {
  const texts = useText();
  return (
    <span className="storage-kind">
      {texts.t(`timetable.kind.${kind.kind}`)}
      <span className="storage-quiet">{ruleText(texts, kind)}</span>
    </span>
  );
}
