// The recording's name, who may watch it, from when until when, and whether it may be downloaded.
import { useState } from 'react';
import type { RecordingId } from '../../../server/contract/ids.ts';
import { Audience, type Publication } from '../../../server/contract/recording-edits.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { RadioGroup } from '../../ui/RadioGroup.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { DayTimeFields } from './DayTimeFields.tsx';
import { dayTimeOf, instantOf } from './day-time.ts';
import { Fault } from './Fault.tsx';
import { useRecordingAct } from './queries.ts';

type PublicationSectionProps = { readonly id: RecordingId; readonly publication: Publication; readonly lessonTitle: string };

export function PublicationSection({ id, publication, lessonTitle }: PublicationSectionProps) {
  const { t } = useText();
  const [title, setTitle] = useState(publication.title ?? '');
  const [hidden, setHidden] = useState(publication.hidden);
  const [from, setFrom] = useState(dayTimeOf(publication.from));
  const [until, setUntil] = useState(dayTimeOf(publication.until));
  const [audience, setAudience] = useState(publication.audience);
  const [download, setDownload] = useState(publication.download);
  const begins = instantOf(from);
  const ends = instantOf(until);
  const fault = begins !== null && ends !== null && ends <= begins ? t('recording-edit.publish.backwards') : undefined;
  const save = useRecordingAct(
    id,
    () =>
      api(recordingRoutes.publishRecording, {
        params: { id },
        body: { title: title.trim() === '' ? null : title.trim(), hidden, from: begins, until: ends, audience, download },
      }),
    t('recording-edit.publish.saved'),
  );
  return (
    <Card title={t('recording-edit.publish.title')}>
      <form
        className="recording-edit-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (fault === undefined) save.mutate(undefined);
        }}
      >
        <TextField
          label={t('recording-edit.publish.name')}
          help={t('recording-edit.publish.nameHelp')}
          placeholder={lessonTitle}
          value={title}
          onChange={setTitle}
          maxLength={200}
          optional
        />
        <RadioGroup
          label={t('recording-edit.publish.state')}
          options={(['shown', 'hidden'] as const).map((one) => ({
            id: one,
            label: t(`recording-edit.publish.${one}`),
            note: t(`recording-edit.publish.${one}Note`),
          }))}
          value={hidden ? 'hidden' : 'shown'}
          onChange={(state) => setHidden(state === 'hidden')}
        />
        {hidden ? null : (
          <>
            <div className="recording-edit-halves">
              <DayTimeFields label={t('recording-edit.publish.from')} value={from} onChange={setFrom} />
              <DayTimeFields label={t('recording-edit.publish.until')} value={until} onChange={setUntil} fault={fault} />
            </div>
            <RadioGroup
              label={t('recording-edit.publish.audience')}
              options={Audience.options.map((one) => ({ id: one, label: t(`recording-edit.publish.audience.${one}`) }))}
              value={audience}
              onChange={setAudience}
            />
            <Switch isSelected={download} onChange={setDownload} note={t('recording-edit.publish.downloadNote')}>
              {t('recording-edit.publish.download')}
            </Switch>
          </>
        )}
        <Fault errors={[save.error]} />
        <div>
          <Button type="submit" kind="primary" isPending={save.isPending} isDisabled={fault !== undefined}>
            {t('app.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
