// What of the store needs somebody: files found broken, and what does not reach the remote store.
import type { StorageState } from '../../../server/contract/recording-keeping.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Link } from '../../ui/Link.tsx';
import { sizeText } from './words.ts';

export function Condition({ state }: { readonly state: StorageState }) {
  return (
    <>
      <Upload upload={state.upload} />
      <Broken state={state} />
    </>
  );
}

function Upload({ upload }: Pick<StorageState, 'upload'>) {
  const texts = useText();
  const { t, dateTime } = texts;
  if (upload === null) return null;
  const { waitingBytes, since, fault } = upload;
  if (waitingBytes === 0 && fault === null) return <p className="storage-quiet">{t('storage.upload.done')}</p>;
  const waits = t('storage.upload.waits', { size: sizeText(texts, waitingBytes) });
  if (fault === null) return <p className="storage-quiet">{waits}</p>;
  return (
    <Banner tone="warn" title={t('storage.upload.fault')}>
      {waits} {since === null ? null : t('storage.upload.since', { time: dateTime(since) })} {t('storage.upload.next')} <code>{fault}</code>
    </Banner>
  );
}

const faults = ['missing', 'truncated', 'changed', 'sealed', 'index', 'unknown', 'remote-missing', 'remote-changed'] as const;

function Broken({ state: { broken, checkedAt } }: { readonly state: StorageState }) {
  const { t, dateTime } = useText();
  if (broken.length === 0)
    return checkedAt === null ? null : <p className="storage-quiet">{t('storage.broken.none', { time: dateTime(checkedAt) })}</p>;
  const inWords = (what: string) => {
    const fault = faults.find((one) => one === what);
    return fault === undefined ? what : t(`storage.fault.${fault}`);
  };
  return (
    <Banner tone="danger" title={t('storage.broken.title', { n: broken.length })}>
      <p>{t('storage.broken.text')}</p>
      <ul className="storage-broken">
        {broken.map(({ recordingId, file, what }) => (
          <li key={`${recordingId} ${file}`}>
            <Link href={`/recordings/${recordingId}`}>{recordingId}</Link> {file === '' ? null : <code>{file}</code>} — {inWords(what)}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
