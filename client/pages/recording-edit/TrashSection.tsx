// Puts the recording into the trash, from which it can be taken out again for a while.
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { z } from 'zod';
import type { RecordingId } from '../../../server/contract/ids.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { ApiError, api } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Confirm } from '../../ui/Dialog.tsx';
import { DeleteIcon } from '../../ui/icons.ts';
import { Fault } from './Fault.tsx';
import { useRecordingAct } from './queries.ts';

/** `details.why` of a refusal `conflict`. */
const Why = z.enum(['held', 'running', 'in-trash']);

export function TrashSection({ id, isRunning }: { readonly id: RecordingId; readonly isRunning: boolean }) {
  const { t } = useText();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const trash = useRecordingAct(id, () => api(recordingRoutes.trashRecording, { params: { id } }), t('recording-edit.trash.done'));
  const why = trash.error instanceof ApiError ? Why.safeParse(trash.error.details?.why).data : undefined;
  return (
    <Card title={t('recording-edit.trash.title')}>
      <p className="recording-edit-note">{t(isRunning ? 'recording-edit.trash.later' : 'recording-edit.trash.text')}</p>
      {why === undefined ? (
        <Fault errors={[trash.error]} />
      ) : (
        <Banner tone="warn" announce="assertive">
          {t(`recording-edit.trash.why.${why}`)}
        </Banner>
      )}
      <div>
        <Button kind="danger" icon={DeleteIcon} isDisabled={isRunning} onPress={() => setAsking(true)}>
          {t('recording-edit.trash.do')}
        </Button>
      </div>
      <Confirm
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('recording-edit.trash.ask')}
        action={t('recording-edit.trash.do')}
        kind="danger"
        onConfirm={async () => {
          await trash.mutateAsync(undefined);
          await navigate('/');
        }}
      >
        {t('recording-edit.trash.askText')}
      </Confirm>
    </Card>
  );
}
