// What takes the space of the disk, or of the quota, as one bar with its legend.
import type { StorageState } from '../../../server/contract/recording-keeping.ts';
import { useText } from '../../i18n/index.ts';
import { sizeText } from './words.ts';

type Part = { readonly id: 'kept' | 'trash' | 'other' | 'free'; readonly bytes: number };

export function SpaceBar({ state }: { readonly state: StorageState }) {
  const texts = useText();
  const { t } = texts;
  const parts = partsOf(state).filter(({ bytes }) => bytes > 0);
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <section className="storage-space" aria-label={t(isByQuota(state) ? 'storage.bar.quota' : 'storage.bar.disk')}>
      <div className="storage-bar" aria-hidden="true">
        {parts.map(({ id, bytes }) => (
          <span key={id} className="storage-part" data-part={id} style={{ flexGrow: bytes / total }} />
        ))}
      </div>
      <ul className="storage-legend">
        {parts.map(({ id, bytes }) => (
          <li key={id}>
            <span className="storage-sign" data-part={id} aria-hidden="true" />
            {t(`storage.part.${id}`)}: <span className="tabular">{sizeText(texts, bytes)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The disk says nothing of what lies in a remote store. */
const isByQuota = ({ store, quotaBytes }: StorageState): boolean => store === 's3' && quotaBytes !== null;

function partsOf(state: StorageState): readonly Part[] {
  const { disk, quotaBytes, usedBytes, trashBytes, store } = state;
  const kept = { id: 'kept', bytes: Math.max(0, usedBytes - trashBytes) } as const;
  const trash = { id: 'trash', bytes: trashBytes } as const;
  if (isByQuota(state)) return [kept, trash, { id: 'free', bytes: Math.max(0, (quotaBytes ?? 0) - usedBytes) }];
  const taken = disk.totalBytes - disk.freeBytes;
  if (store === 's3')
    return [
      { id: 'other', bytes: taken },
      { id: 'free', bytes: disk.freeBytes },
    ];
  return [kept, trash, { id: 'other', bytes: Math.max(0, taken - usedBytes) }, { id: 'free', bytes: disk.freeBytes }];
}
