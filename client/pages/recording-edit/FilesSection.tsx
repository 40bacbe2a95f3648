// The files that are made of the recording: where they stand, and having them made.

import type { RecordingId } from '../../../server/contract/ids.ts';
import type { ExportKind, RecordingExport } from '../../../server/contract/recording-page.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Fault } from './Fault.tsx';
import { useRecordingAct } from './queries.ts';

const canBeMade: ReadonlySet<RecordingExport['state']> = new Set(['none', 'failed', 'outdated']);

type FilesSectionProps = { readonly id: RecordingId; readonly exports: readonly RecordingExport[]; readonly isRunning: boolean };

export function FilesSection({ id, exports, isRunning }: FilesSectionProps) {
  const { t, number } = useText();
  const make = useRecordingAct(
    id,
    (kind: ExportKind) => api(recordingRoutes.exportRecording, { params: { id, kind } }),
    t('recording-edit.files.asked'),
  );
  return (
    <Card title={t('recording-edit.files.title')}>
      <p className="recording-edit-note">{t(isRunning ? 'recording-edit.files.later' : 'recording-edit.files.text')}</p>
      <Fault errors={[make.error]} />
      <ul className="recording-edit-list">
        {exports.map((one) => (
          <li key={one.kind} className="recording-edit-row">
            <span className="recording-edit-name">{t(`recording-edit.files.${one.kind}`)}</span>
            <span className="recording-edit-note">
              {one.state === 'running'
                ? t('recording-edit.files.running', { share: number(one.progress, { style: 'percent' }) })
                : one.state === 'failed' && one.fault !== null
                  ? t(`recording-edit.files.fault.${one.fault}`)
                  : t(`recording-edit.files.state.${one.state}`)}
            </span>
            {!isRunning && canBeMade.has(one.state) ? (
              <Button size="small" isDisabled={make.isPending} onPress={() => make.mutate(one.kind)}>
                {t('recording-edit.files.make')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
