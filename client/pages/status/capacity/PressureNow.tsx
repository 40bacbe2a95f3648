// The pressure of now: what rooms do without, how full each media worker is, and whether workers go before all else.
import type { CapacityView, Pressure } from '../../../../server/contract/capacity.ts';
import { useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { StatusChip } from '../../../ui/Chip.tsx';

export function PressureNow({ capacity }: { readonly capacity: CapacityView }) {
  const { t, number } = useText();
  const { roomsPressed, relief, workers, priority } = capacity;
  return (
    <>
      {priority && !priority.isRaised && workers.length > 0 ? <Banner tone="warn">{t('capacity.priority.bad')}</Banner> : null}
      {roomsPressed > 0 ? (
        <Banner tone="warn">{t('capacity.now.rooms', { n: roomsPressed })}</Banner>
      ) : (
        <p>{t(relief ? 'capacity.now.none' : 'capacity.relief.off')}</p>
      )}
      <ul className="pressure-workers">
        {workers.map(({ pid, pressure, plannedShare }) => (
          <li key={pid}>
            <span className="tabular">{t('capacity.worker', { pid: String(pid) })}</span>
            <span className="status-quiet">
              {t('capacity.worker.planned', { share: number(plannedShare, { style: 'percent', maximumFractionDigits: 0 }) })}
            </span>
            <PressureChip pressure={pressure} />
          </li>
        ))}
      </ul>
      {priority?.isRaised ? (
        <p className="status-quiet">{t('capacity.priority.good', { workers: number(priority.workers ?? 0) })}</p>
      ) : null}
    </>
  );
}

const tones = { none: 'good', 'no-new-cameras': 'warn', 'low-layers': 'warn', 'no-student-cameras': 'danger' } as const;

function PressureChip({ pressure }: { readonly pressure: Pressure }) {
  const { t } = useText();
  return <StatusChip tone={tones[pressure]}>{t(`capacity.pressure.${pressure}`)}</StatusChip>;
}
