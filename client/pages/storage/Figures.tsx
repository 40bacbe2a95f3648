// The figures of the store, first of all: used, free, what comes in each day, and when it will be full.
import type { StorageState } from '../../../server/contract/recording-keeping.ts';
import { useText } from '../../i18n/index.ts';
import { LevelChip } from './LevelChip.tsx';
import { sizeText } from './words.ts';
import '../status/status.css';

type Shown = { readonly id: string; readonly title: string; readonly value: string; readonly note: string };

export function Figures({ state }: { readonly state: StorageState }) {
  const texts = useText();
  const { t, number, date } = texts;
  const size = (bytes: number) => sizeText(texts, bytes);
  const { disk, quotaBytes, usedBytes, trashBytes, recordings, perDayBytes, fullAt } = state;
  const shown: readonly Shown[] = [
    {
      id: 'used',
      title: t('storage.used'),
      value: size(usedBytes),
      note: quotaBytes === null ? t('storage.used.recordings', { n: recordings }) : t('storage.used.quota', { size: size(quotaBytes) }),
    },
    {
      id: 'free',
      title: t('storage.free'),
      value: size(disk.freeBytes),
      note: t('storage.free.of', {
        size: size(disk.totalBytes),
        share: number(share(disk), { style: 'percent', maximumFractionDigits: 0 }),
      }),
    },
    { id: 'day', title: t('storage.perDay'), value: size(perDayBytes), note: t('storage.perDay.note') },
    {
      id: 'full',
      title: t('storage.fullAt'),
      value: fullAt === null ? t('storage.fullAt.never') : date(fullAt),
      note: fullAt === null ? t('storage.fullAt.neverNote') : t('storage.fullAt.in', { n: daysUntil(fullAt) }),
    },
    { id: 'trash', title: t('storage.trash'), value: size(trashBytes), note: t('storage.trash.note', { days: state.trashDays }) },
  ];
  return (
    <section className="storage-figures" aria-label={t('storage.figures')}>
      <p className="storage-level">
        <LevelChip level={state.level} /> <span>{t(`storage.level.${state.level}.text`)}</span>
      </p>
      <dl className="figures">
        {shown.map(({ id, title, value, note }) => (
          <div key={id} className="figure">
            <dt className="figure-title">{title}</dt>
            <dd className="storage-figure">
              <span className="figure-value tabular">{value}</span>
              <span className="storage-quiet">{note}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const dayMs = 24 * 3_600_000;
const daysUntil = (at: number): number => Math.max(0, Math.round((at - Date.now()) / dayMs));
const share = ({ totalBytes, freeBytes }: StorageState['disk']): number => (totalBytes === 0 ? 0 : freeBytes / totalBytes);
