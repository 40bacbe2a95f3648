// The whole recording as a file: what there is, what is being made, and how far it is.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExportKind, RecordingExport, RecordingPage } from '../../../server/contract/recording-page.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api, errorCode } from '../../app/api.ts';
import { type TextKey, type Texts, useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { DownloadIcon } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/Menu.tsx';
import { refusalOf } from './refused.ts';
import { pageKey } from './useRecordingPage.ts';

const names: Readonly<Record<ExportKind, TextKey>> = { mp4: 'recording.file.mp4', m4a: 'recording.file.m4a' };
const faults: Readonly<Record<NonNullable<RecordingExport['fault']>, TextKey>> = {
  'no-space': 'recording.file.noSpace',
  'not-readable': 'recording.file.notReadable',
  encoder: 'recording.file.encoder',
};

/** What is said below a file's name. */
export function exportNote({ t, number }: Pick<Texts, 't' | 'number'>, made: RecordingExport): string {
  switch (made.state) {
    case 'ready':
      return made.bytes === null
        ? t('recording.file.ready')
        : t('recording.file.size', { mb: number(Math.max(1, Math.round(made.bytes / 1_000_000))) });
    case 'running':
      return t('recording.file.running', { done: number(made.progress, { style: 'percent', maximumFractionDigits: 0 }) });
    case 'waiting':
      return t('recording.file.waiting');
    case 'failed':
      return made.fault === null ? t('recording.file.failed') : t(faults[made.fault]);
    case 'outdated':
      return t('recording.file.outdated');
    case 'none':
      return t('recording.file.none');
  }
}

const isUnderWay = ({ state }: RecordingExport) => state === 'waiting' || state === 'running';

export function Downloads({ page }: { readonly page: RecordingPage }) {
  const texts = useText();
  const { t, refusal } = texts;
  const client = useQueryClient();
  const [fault, setFault] = useState<string | null>(null);
  if (!page.may.download || page.state !== 'ended') return null;
  const { id } = page;
  const act = async (made: RecordingExport) => {
    setFault(null);
    try {
      if (made.state === 'ready') {
        const { url } = await api(recordingRoutes.recordingTicket, { params: { id }, body: { file: made.kind } });
        location.assign(url);
      } else await api(recordingRoutes.exportRecording, { params: { id, kind: made.kind } });
      await client.invalidateQueries({ queryKey: pageKey(id) });
    } catch (error) {
      const why = refusalOf(error);
      setFault(why ? t(why) : refusal(errorCode(error)));
    }
  };
  return (
    <>
      <Menu
        aria-label={t('recording.download')}
        button={<Button icon={DownloadIcon}>{t('recording.download')}</Button>}
        onAction={(kind) => {
          const made = page.exports.find((one) => one.kind === kind);
          if (made) void act(made);
        }}
      >
        {page.exports.map((made) => (
          <MenuItem key={made.kind} id={made.kind} isDisabled={isUnderWay(made)} note={exportNote(texts, made)}>
            {t(names[made.kind])}
          </MenuItem>
        ))}
      </Menu>
      {fault === null ? null : (
        <Banner tone="warn" announce="assertive" onDismiss={() => setFault(null)}>
          {fault}
        </Banner>
      )}
    </>
  );
}
