// Workers, rooms, and the last hour in figures.
import { useText } from '../../i18n/index.ts';
import { Chip } from '../../ui/Chip.tsx';
import { RecordIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { byTrouble, type Figure, figures, type Room, roomLevel, type Status, workerLevel } from './figures.ts';
import { formatFigure } from './format.ts';
import { type Sample, summaryOf } from './history.ts';
import { LevelChip } from './LevelChip.tsx';

export function Workers({ workers }: Pick<Status, 'workers'>) {
  const { t, number } = useText();
  if (workers.length === 0) return <p className="status-none">{t('status.workers.none')}</p>;
  type Worker = Status['workers'][number];
  const columns: Column<Worker>[] = [
    { id: 'pid', title: t('status.worker.pid'), isRowHeader: true, cell: ({ pid }) => <span className="tabular">{pid}</span> },
    { id: 'level', title: t('status.level'), cell: ({ cpuShare }) => <LevelChip level={workerLevel(cpuShare)} /> },
    {
      id: 'cpu',
      title: t('status.worker.cpu'),
      numeric: true,
      cell: ({ cpuShare }) => number(cpuShare, { style: 'percent', maximumFractionDigits: 0 }),
    },
    { id: 'rooms', title: t('status.rooms'), numeric: true, cell: ({ rooms }) => number(rooms) },
    { id: 'transports', title: t('status.transports'), numeric: true, cell: ({ transports }) => number(transports) },
    { id: 'producers', title: t('status.producers'), numeric: true, cell: ({ producers }) => number(producers) },
    { id: 'consumers', title: t('status.consumers'), numeric: true, cell: ({ consumers }) => number(consumers) },
  ];
  return <Table label={t('status.workers')} columns={columns} rows={workers} rowKey={({ pid }) => pid} dense />;
}

export function Rooms({ rooms, now }: Pick<Status, 'rooms' | 'now'>) {
  const { t, number, duration } = useText();
  if (rooms.length === 0) return <p className="status-none">{t('status.rooms.none')}</p>;
  const columns: Column<Room>[] = [
    { id: 'room', title: t('status.room'), isRowHeader: true, cell: (room) => <RoomName room={room} /> },
    { id: 'level', title: t('status.level'), cell: (room) => <RoomState room={room} /> },
    { id: 'people', title: t('status.people'), numeric: true, cell: ({ participants }) => number(participants) },
    { id: 'dropped', title: t('status.dropped'), numeric: true, cell: ({ dropped }) => number(dropped) },
    { id: 'waiting', title: t('status.waiting'), numeric: true, cell: ({ waiting }) => number(waiting) },
    { id: 'producers', title: t('status.producers'), numeric: true, cell: ({ producers }) => number(producers) },
    { id: 'consumers', title: t('status.consumers'), numeric: true, cell: ({ consumers }) => number(consumers) },
    { id: 'open', title: t('status.open'), numeric: true, cell: ({ openedAt }) => duration(now - openedAt) },
  ];
  return <Table label={t('status.roomsTable')} columns={columns} rows={byTrouble(rooms)} rowKey={({ lessonId }) => lessonId} dense />;
}

function RoomName({ room: { lessonId, title, courseTitle } }: { readonly room: Room }) {
  return (
    <span className="status-room">
      <Link href={`/lessons/${lessonId}/register`}>{title}</Link>
      <span className="status-quiet">{courseTitle}</span>
    </span>
  );
}

function RoomState({ room }: { readonly room: Room }) {
  const { t } = useText();
  return (
    <span className="status-room-state">
      <LevelChip level={roomLevel(room)} />
      {room.worstQuality === 'bad' ? <span className="status-quiet">{t('status.room.badLine')}</span> : null}
      {room.recording === 'off' ? null : (
        <Chip tone={room.recording === 'recording' ? 'recording' : 'neutral'} icon={RecordIcon}>
          {t(`status.recording.${room.recording}`)}
        </Chip>
      )}
    </span>
  );
}

export function LastHour({ history }: { readonly history: readonly Sample[] }) {
  const texts = useText();
  const { t } = texts;
  const cell = (pick: 'least' | 'mean' | 'most') => (figure: Figure) =>
    formatFigure(texts, figure.unit, summaryOf(history, figure.id)?.[pick] ?? null);
  const columns: Column<Figure>[] = [
    { id: 'figure', title: t('status.figure'), isRowHeader: true, cell: ({ title }) => t(title) },
    { id: 'least', title: t('status.least'), numeric: true, cell: cell('least') },
    { id: 'mean', title: t('status.mean'), numeric: true, cell: cell('mean') },
    { id: 'most', title: t('status.most'), numeric: true, cell: cell('most') },
  ];
  return <Table label={t('status.lastHour')} columns={columns} rows={figures} rowKey={({ id }) => id} dense />;
}
