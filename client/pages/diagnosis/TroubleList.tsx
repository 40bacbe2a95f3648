// The stretches of trouble that were found: as a table, or as a list where a table has no room.
import type { Trouble } from '../../../server/contract/diagnosis.ts';
import { useText } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SearchIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { useWide } from '../register/useWide.ts';
import { type Asked, linkTo } from './asked.ts';
import { DegreeChip } from './DegreeChip.tsx';
import { type More, MoreButton } from './MoreButton.tsx';
import { kindsWords, worstWords } from './words.ts';

type TroubleListProps = { readonly asked: Asked; readonly troubles: readonly Trouble[]; readonly more: More };

export function TroubleList({ asked, troubles, more }: TroubleListProps) {
  const { t } = useText();
  const isWide = useWide();
  if (troubles.length === 0) {
    return (
      <EmptyState icon={SearchIcon} title={t('diagnosis.list.none')}>
        {t('diagnosis.list.none.text')}
      </EmptyState>
    );
  }
  return (
    <section className="diagnosis-list">
      <h2>{t('diagnosis.list')}</h2>
      <p className="diagnosis-quiet">{t('diagnosis.list.total', { n: troubles.length })}</p>
      {isWide ? <AsTable asked={asked} troubles={troubles} /> : <AsList asked={asked} troubles={troubles} />}
      <MoreButton {...more} />
    </section>
  );
}

type ListProps = Omit<TroubleListProps, 'more'>;

function AsTable({ asked, troubles }: ListProps) {
  const texts = useText();
  const { t } = texts;
  const columns: readonly Column<Trouble>[] = [
    {
      ...{ id: 'person', title: t('diagnosis.column.person'), isRowHeader: true },
      cell: (trouble) => <Name trouble={trouble} asked={asked} />,
    },
    { id: 'time', title: t('diagnosis.column.time'), cell: (trouble) => <Times trouble={trouble} /> },
    { id: 'what', title: t('diagnosis.column.what'), cell: (trouble) => <What trouble={trouble} /> },
    { id: 'cause', title: t('diagnosis.column.cause'), cell: ({ hint }) => t(`diagnosis.cause.${hint.cause}`) },
    {
      ...{ id: 'device', title: t('diagnosis.column.device') },
      cell: ({ device, network }) => (
        <span className="diagnosis-stacked">
          <span>{device || '–'}</span>
          {network === null ? null : <span className="diagnosis-quiet tabular">{network}</span>}
        </span>
      ),
    },
  ];
  return <Table label={t('diagnosis.list')} columns={columns} rows={troubles} rowKey={({ id }) => id} className="diagnosis-table" />;
}

function AsList({ asked, troubles }: ListProps) {
  const texts = useText();
  const { t } = texts;
  return (
    <ul className="diagnosis-items" aria-label={t('diagnosis.list')}>
      {troubles.map((trouble) => (
        <li key={trouble.id}>
          <Name trouble={trouble} asked={asked} />
          <Times trouble={trouble} />
          <What trouble={trouble} />
          <p>
            {t('diagnosis.cause')}: {t(`diagnosis.cause.${trouble.hint.cause}`)}
          </p>
          <p className="diagnosis-quiet">{[trouble.device, trouble.network].filter(Boolean).join(' · ')}</p>
        </li>
      ))}
    </ul>
  );
}

function Name({ trouble: { person, lesson, from }, asked }: { readonly trouble: Trouble; readonly asked: Asked }) {
  const stay = { lessonId: lesson.id, personId: person.id };
  return (
    <span className="diagnosis-stacked">
      <Link href={linkTo({ ...asked, stay, at: from })}>{person.name}</Link>
      <span className="diagnosis-quiet">
        {lesson.title} · {lesson.course.title}
      </span>
    </span>
  );
}

function What({ trouble }: { readonly trouble: Trouble }) {
  const texts = useText();
  return (
    <span className="diagnosis-stacked">
      <span className="diagnosis-what">
        <DegreeChip severity={trouble.severity} />
        <span>{kindsWords(trouble, texts)}</span>
      </span>
      <span className="diagnosis-quiet">{worstWords(trouble.worst, texts).join('; ')}</span>
    </span>
  );
}

function Times({ trouble: { from, to, isNow } }: { readonly trouble: Trouble }) {
  const { t, date, time, timeRange } = useText();
  return (
    <span className="diagnosis-stacked diagnosis-times tabular">
      <span>{isNow || time(from) === time(to) ? time(from) : timeRange(from, to)}</span>
      <span className="diagnosis-quiet">{isNow ? `${date(from, 'short')}, ${t('diagnosis.now')}` : date(from, 'short')}</span>
    </span>
  );
}
