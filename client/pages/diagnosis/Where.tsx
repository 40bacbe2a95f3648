// How many of how many had trouble, by class, network and media worker; each leads to the search for it alone.
import type { Counted, TroubleOverview } from '../../../server/contract/diagnosis.ts';
import { useText } from '../../i18n/index.ts';
import { Link } from '../../ui/Link.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { type Asked, linkTo } from './asked.ts';

type WhereProps = { readonly overview: TroubleOverview; readonly asked: Asked };

type Row = Counted & { readonly key: string; readonly name: string; readonly note: string; readonly link: string | null };

export function Where({ overview: { lessons, networks, workers }, asked }: WhereProps) {
  const { t } = useText();
  const tables: readonly { readonly id: 'lessons' | 'networks' | 'workers'; readonly rows: readonly Row[] }[] = [
    {
      id: 'lessons',
      rows: lessons.map(({ lesson: { id, title, course }, ...counted }) => ({
        ...counted,
        ...{ key: id, name: title, note: course.title, link: linkTo({ ...asked, lesson: id }) },
      })),
    },
    {
      id: 'networks',
      rows: networks.map(({ network, ...counted }) => ({
        ...counted,
        ...{ key: network, name: network, note: '', link: linkTo({ ...asked, network }) },
      })),
    },
    {
      id: 'workers',
      rows: workers.map(({ worker, ...counted }) => ({
        ...counted,
        ...{ key: String(worker), name: t('diagnosis.where.worker', { worker: String(worker) }), note: '', link: null },
      })),
    },
  ];
  const shown = tables.filter(({ rows }) => rows.length > 0);
  if (shown.length === 0) return null;
  return (
    <details className="diagnosis-where">
      <summary>{t('diagnosis.where')}</summary>
      <div className="diagnosis-where-tables">
        {shown.map(({ id, rows }) => (
          <CountTable key={id} title={t(`diagnosis.where.${id}`)} rows={rows} />
        ))}
      </div>
    </details>
  );
}

function CountTable({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  const { t } = useText();
  const columns: readonly Column<Row>[] = [
    {
      ...{ id: 'name', title, isRowHeader: true },
      cell: ({ name, note, link }) => (
        <span className="diagnosis-stacked">
          {link === null ? name : <Link href={link}>{name}</Link>}
          {note ? <span className="diagnosis-quiet">{note}</span> : null}
        </span>
      ),
    },
    {
      ...{ id: 'troubled', title: t('diagnosis.where.troubled'), numeric: true },
      cell: ({ troubled: n, of }) => t('diagnosis.where.share', { n, of }),
    },
  ];
  return <Table label={title} columns={columns} rows={rows} rowKey={({ key }) => key} dense />;
}
