// The open rooms: searched, sorted, those first that need someone; each with its last hour and with what can be done.
import { useState } from 'react';
import type { LessonId } from '../../../server/contract/ids.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { RecordIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { HourCharts } from './chart/HourCharts.tsx';
import { Deed, type RoomDeed } from './Deed.tsx';
import { type Room, roomLevel } from './figures.ts';
import { formatFigure } from './format.ts';
import { HourToggle } from './HourToggle.tsx';
import { Streams, Traffic } from './InAndOut.tsx';
import { LevelChip } from './LevelChip.tsx';
import { RoomMenu } from './RoomMenu.tsx';
import { byTroubleFirst, matching, sorted, sortedBy } from './rooms.ts';

const atATime = 25;

type RoomsSectionProps = { readonly rooms: readonly Room[]; readonly now: number };

export function RoomsSection({ rooms, now }: RoomsSectionProps) {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const [sort, setSort] = useState(byTroubleFirst);
  const [most, setMost] = useState(atATime);
  const [openId, setOpenId] = useState<LessonId | null>(null);
  const [deed, setDeed] = useState<RoomDeed | null>(null);
  const columns = useColumns({ now, openId, onOpen: setOpenId, onDeed: setDeed });
  const found = matching(rooms, typed);
  const shown = sorted(found, sort).slice(0, most);
  const howMany = t('status.rooms.shown', { shown: shown.length, all: rooms.length });
  // Read out when something else is looked for, not whenever a room opens.
  const [said, say] = useState({ typed, words: '' });
  if (said.typed !== typed) say({ typed, words: howMany });
  return (
    <section className="status-section" aria-labelledby="status-rooms">
      <h2 id="status-rooms">{t('status.roomsTable')}</h2>
      {rooms.length === 0 ? (
        <p className="status-none">{t('status.rooms.none')}</p>
      ) : (
        <>
          <search className="status-find">
            <SearchField label={t('status.rooms.search')} value={typed} onChange={setTyped} className="status-search" />
            <span className="status-quiet">{howMany}</span>
            <span className="visually-hidden" role="status">
              {said.words}
            </span>
          </search>
          <Table
            label={t('status.roomsTable')}
            columns={columns}
            rows={shown}
            rowKey={({ lessonId }) => lessonId}
            sort={sort}
            onSort={(pressed) => setSort((before) => sortedBy(before, pressed))}
            detail={({ lessonId }) =>
              lessonId === openId ? (
                <div className="status-detail">
                  <HourCharts of={{ room: lessonId }} />
                </div>
              ) : null
            }
            empty={<p className="status-none status-nothing">{t('status.rooms.notFound')}</p>}
            dense
          />
          {found.length > most ? (
            <Button className="status-more" onPress={() => setMost(most + atATime)}>
              {t('status.rooms.more', { n: Math.min(atATime, found.length - most) })}
            </Button>
          ) : null}
        </>
      )}
      {deed ? <Deed deed={deed} onClose={() => setDeed(null)} /> : null}
    </section>
  );
}

type Reach = {
  readonly now: number;
  readonly openId: LessonId | null;
  readonly onOpen: (id: LessonId | null) => void;
  readonly onDeed: (deed: RoomDeed) => void;
};

function useColumns({ now, openId, onOpen, onDeed }: Reach): readonly Column<Room>[] {
  const texts = useText();
  const { t, duration } = texts;
  return [
    { id: 'room', title: t('status.room'), isRowHeader: true, sortable: true, cell: (room) => <RoomName room={room} /> },
    { id: 'level', title: t('status.level'), sortable: true, cell: (room) => <RoomState room={room} /> },
    { id: 'people', title: t('status.peopleShort'), numeric: true, sortable: true, cell: (room) => <PeopleIn room={room} /> },
    { ...{ id: 'streams', title: t('status.streamsInOut'), numeric: true, sortable: true }, cell: (room) => <Streams of={room} /> },
    { ...{ id: 'traffic', title: t('status.mbitsInOut'), numeric: true, sortable: true }, cell: (room) => <Traffic of={room} /> },
    {
      ...{ id: 'loss', title: t('status.lossShort'), numeric: true, sortable: true },
      cell: ({ lossShare }) => formatFigure(texts, 'share', lossShare),
    },
    { id: 'workers', title: t('status.onWorkers'), cell: ({ workers }) => <span className="tabular">{workers.join(', ') || '–'}</span> },
    { ...{ id: 'open', title: t('status.open'), numeric: true, sortable: true }, cell: ({ openedAt }) => duration(now - openedAt) },
    {
      ...{ id: 'acts', title: t('status.acts'), hideTitle: true },
      cell: (room) => (
        <span className="status-acts">
          <HourToggle
            name={room.title}
            isOpen={room.lessonId === openId}
            onPress={() => onOpen(room.lessonId === openId ? null : room.lessonId)}
          />
          <RoomMenu room={room} onDeed={onDeed} />
        </span>
      ),
    },
  ];
}

function RoomName({ room: { lessonId, title, courseTitle } }: { readonly room: Room }) {
  return (
    <span className="status-room">
      <Link href={`/lessons/${lessonId}/register`}>{title}</Link>
      <span className="status-quiet">{courseTitle}</span>
    </span>
  );
}

/** How many are there, and whom the line or the lobby keeps out. */
function PeopleIn({ room: { participants, dropped, waiting } }: { readonly room: Room }) {
  const { t, number } = useText();
  return (
    <span className="status-people">
      {number(participants)}
      {dropped > 0 ? <span className="status-quiet">{t('status.dropped.n', { n: dropped })}</span> : null}
      {waiting > 0 ? <span className="status-quiet">{t('status.waiting.n', { n: waiting })}</span> : null}
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
        <span className="status-quiet status-recording" data-state={room.recording}>
          <RecordIcon />
          {t(`status.recording.${room.recording}`)}
        </span>
      )}
    </span>
  );
}
