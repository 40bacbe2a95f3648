// The media workers: how busy each is, what it carries, its last hour; and draining.
import { useState } from 'react';
import { useText } from '../../i18n/index.ts';
import { Chip } from '../../ui/Chip.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { HourCharts } from './chart/HourCharts.tsx';
import { DrainButton } from './DrainButton.tsx';
import { type Worker, workerLevel } from './figures.ts';
import { formatFigure } from './format.ts';
import { HourToggle } from './HourToggle.tsx';
import { Streams, Traffic } from './InAndOut.tsx';
import { LevelChip } from './LevelChip.tsx';

export function WorkersSection({ workers }: { readonly workers: readonly Worker[] }) {
  const { t } = useText();
  const [openPid, setOpenPid] = useState<number | null>(null);
  const columns = useColumns(openPid, setOpenPid);
  return (
    <section className="status-section" aria-labelledby="status-workers">
      <h2 id="status-workers">{t('status.workers')}</h2>
      {workers.length === 0 ? (
        <p className="status-none">{t('status.workers.none')}</p>
      ) : (
        <Table
          label={t('status.workers')}
          columns={columns}
          rows={workers}
          rowKey={({ pid }) => pid}
          detail={({ pid }) =>
            pid === openPid ? (
              <div className="status-detail">
                <HourCharts of={{ worker: pid }} />
              </div>
            ) : null
          }
          dense
        />
      )}
      {workers.length > 1 ? <p className="status-quiet">{t('status.drain.note')}</p> : null}
    </section>
  );
}

function useColumns(openPid: number | null, onOpen: (pid: number | null) => void): readonly Column<Worker>[] {
  const texts = useText();
  const { t, number } = texts;
  const percent = (share: number) => number(share, { style: 'percent', maximumFractionDigits: 0 });
  const counted = (id: string, title: string, of: (worker: Worker) => string): Column<Worker> => ({ id, title, numeric: true, cell: of });
  return [
    { id: 'pid', title: t('status.worker.pid'), isRowHeader: true, cell: ({ pid }) => <span className="tabular">{pid}</span> },
    { id: 'level', title: t('status.level'), cell: (worker) => <WorkerState worker={worker} /> },
    counted('cpu', t('status.worker.cpu'), ({ cpuShare }) => percent(cpuShare)),
    counted('planned', t('status.worker.planned'), ({ plannedShare }) => percent(plannedShare)),
    counted('rooms', t('status.rooms'), ({ rooms }) => number(rooms)),
    counted('transports', t('status.transports'), ({ transports }) => number(transports)),
    { id: 'streams', title: t('status.streamsInOut'), numeric: true, cell: (worker) => <Streams of={worker} /> },
    { id: 'traffic', title: t('status.mbitsInOut'), numeric: true, cell: (worker) => <Traffic of={worker} /> },
    counted('loss', t('status.lossShort'), ({ lossShare }) => formatFigure(texts, 'share', lossShare)),
    {
      ...{ id: 'acts', title: t('status.acts'), hideTitle: true },
      cell: (worker) => (
        <span className="status-acts">
          <HourToggle
            name={t('capacity.worker', { pid: String(worker.pid) })}
            isOpen={worker.pid === openPid}
            onPress={() => onOpen(worker.pid === openPid ? null : worker.pid)}
          />
          <DrainButton worker={worker} />
        </span>
      ),
    },
  ];
}

function WorkerState({ worker }: { readonly worker: Worker }) {
  const { t } = useText();
  return (
    <span className="status-room-state">
      <LevelChip level={workerLevel(worker)} />
      {worker.drained ? <Chip tone="info">{t(worker.rooms === 0 ? 'status.drained.empty' : 'status.drained')}</Chip> : null}
    </span>
  );
}
