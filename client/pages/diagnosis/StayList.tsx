// Everybody who was in class in that time, with trouble or without.
import type { StayLine } from '../../../server/contract/diagnosis.ts';
import { stepMs } from '../../../server/contract/diagnosis.ts';
import { LoadBanner } from '../../app/LoadBanner.tsx';
import { useText } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SearchIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { useWide } from '../register/useWide.ts';
import { type Asked, linkTo } from './asked.ts';
import { DegreeChip } from './DegreeChip.tsx';
import { useStays } from './diagnosis-query.ts';
import { MoreButton } from './MoreButton.tsx';

export function StayList({ asked }: { readonly asked: Asked }) {
  const { t } = useText();
  const isWide = useWide();
  const found = useStays(asked);
  const stays = found.data?.pages.flatMap((page) => page.stays) ?? [];
  if (found.error) return <LoadBanner error={found.error} title={t('diagnosis.failed')} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton height="16rem" />;
  if (stays.length === 0) {
    return (
      <EmptyState icon={SearchIcon} title={t('diagnosis.list.nobody')}>
        {t('diagnosis.list.nobody.text')}
      </EmptyState>
    );
  }
  return (
    <section className="diagnosis-list">
      <h2>{t('diagnosis.list.everybody')}</h2>
      <p className="diagnosis-quiet">{t('diagnosis.list.totalPeople', { n: stays.length })}</p>
      {isWide ? <AsTable asked={asked} stays={stays} /> : <AsList asked={asked} stays={stays} />}
      <MoreButton has={found.hasNextPage} isPending={found.isFetchingNextPage} onMore={() => void found.fetchNextPage()} />
    </section>
  );
}

type StaysProps = { readonly asked: Asked; readonly stays: readonly StayLine[] };

const keyOf = ({ person, lesson }: StayLine) => `${lesson.id} ${person.id}`;

function AsTable({ asked, stays }: StaysProps) {
  const { t, exactDuration } = useText();
  const columns: readonly Column<StayLine>[] = [
    { id: 'person', title: t('diagnosis.column.person'), isRowHeader: true, cell: (stay) => <Name stay={stay} asked={asked} /> },
    { id: 'time', title: t('diagnosis.column.time'), cell: (stay) => <Times stay={stay} /> },
    { id: 'what', title: t('diagnosis.column.what'), cell: (stay) => <Degree stay={stay} /> },
    {
      ...{ id: 'troubled', title: t('diagnosis.column.troubled'), numeric: true },
      cell: ({ troubled }) => (troubled === 0 ? '–' : exactDuration(troubled * stepMs)),
    },
    { id: 'device', title: t('diagnosis.column.device'), cell: (stay) => <Devices stay={stay} /> },
  ];
  return <Table label={t('diagnosis.list.everybody')} columns={columns} rows={stays} rowKey={keyOf} className="diagnosis-table" />;
}

function AsList({ asked, stays }: StaysProps) {
  const { t } = useText();
  return (
    <ul className="diagnosis-items" aria-label={t('diagnosis.list.everybody')}>
      {stays.map((stay) => (
        <li key={keyOf(stay)}>
          <Name stay={stay} asked={asked} />
          <Times stay={stay} />
          <Degree stay={stay} />
          <Devices stay={stay} />
        </li>
      ))}
    </ul>
  );
}

type OfStay = { readonly stay: StayLine };

function Name({ stay: { person, lesson }, asked }: OfStay & { readonly asked: Asked }) {
  const { t } = useText();
  return (
    <span className="diagnosis-stacked">
      <Link href={linkTo({ ...asked, stay: { lessonId: lesson.id, personId: person.id }, at: undefined })}>{person.name}</Link>
      <span className="diagnosis-quiet">
        {person.role === null || person.role === 'student' ? '' : `${t(`attendance.role.${person.role}`)} · `}
        {lesson.title} · {lesson.course.title}
      </span>
    </span>
  );
}

function Times({ stay: { from, to } }: OfStay) {
  const { date, timeRange } = useText();
  return (
    <span className="diagnosis-stacked diagnosis-times tabular">
      <span>{timeRange(from, to)}</span>
      <span className="diagnosis-quiet">{date(from, 'short')}</span>
    </span>
  );
}

function Degree({ stay: { severity, refusals } }: OfStay) {
  const { t } = useText();
  return (
    <span className="diagnosis-what">
      <DegreeChip severity={severity} />
      {refusals > 0 ? <span className="diagnosis-quiet">{t('diagnosis.refusals', { n: refusals })}</span> : null}
    </span>
  );
}

function Devices({ stay: { devices, networks } }: OfStay) {
  return (
    <span className="diagnosis-stacked">
      <span>{devices.filter(Boolean).join('; ') || '–'}</span>
      {networks.length > 0 ? <span className="diagnosis-quiet tabular">{networks.join(', ')}</span> : null}
    </span>
  );
}
