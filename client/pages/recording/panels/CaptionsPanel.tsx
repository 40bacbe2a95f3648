// Captions: which are shown; and for those who may, writing and uploading them.
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { RecordingId } from '../../../../server/contract/ids.ts';
import { CaptionLanguage } from '../../../../server/contract/recording-page.ts';
import { recordingRoutes } from '../../../../server/contract/routes-recordings.ts';
import { ApiError, api } from '../../../app/api.ts';
import { languageNames, useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button, ButtonLink } from '../../../ui/Button.tsx';
import { Confirm } from '../../../ui/Dialog.tsx';
import { DeleteIcon, DownloadIcon, EditIcon, UploadIcon } from '../../../ui/icons.ts';
import { announce } from '../../../ui/live.ts';
import { RadioGroup } from '../../../ui/RadioGroup.tsx';
import { Select } from '../../../ui/Select.tsx';
import { CueEditor } from './CueEditor.tsx';
import type { PanelProps } from './panel.ts';
import type { StudyPlayer } from './study.ts';
import { captionsKey } from './useCaptions.ts';
import type { CueDraft } from './useCueDraft.ts';

export type CaptionsPanelProps = PanelProps & { readonly id: RecordingId; readonly player: StudyPlayer };

export function CaptionsPanel(props: CaptionsPanelProps) {
  const { study, positionMs, player, id } = props;
  const { draft, captions, time } = study;
  if (draft && draft.language !== null) return <CueEditor {...{ draft, language: draft.language, player, positionMs, time }} />;
  return (
    <div className="study-scroll study-captions">
      <Choice captions={captions} />
      {draft ? <Writing draft={draft} captions={captions} id={id} /> : null}
    </div>
  );
}

function Choice({ captions: { languages, shown, choose } }: Pick<PanelProps['study'], 'captions'>) {
  const { t } = useText();
  if (languages.length === 0) return <p className="study-quiet">{t('recording.panel.captions.none')}</p>;
  return (
    <RadioGroup
      label={t('recording.panel.captions.show')}
      options={[
        { id: 'off' as const, label: t('recording.panel.captions.off') },
        ...languages.map((language) => ({ id: language, label: languageNames[language] })),
      ]}
      value={shown ?? 'off'}
      onChange={(value) => choose(value === 'off' ? null : value)}
    />
  );
}

type WritingProps = Pick<PanelProps['study'], 'captions'> & { readonly draft: CueDraft; readonly id: RecordingId };
type Fault = { readonly code: string; readonly line: number | null; readonly why: string | null };

/** Why a file was not taken, in the words of `readVtt` on the server. */
const whys = ['no-signature', 'no-times', 'bad-times', 'ends-before-it-begins', 'too-long', 'too-many', 'no-cues'] as const;

function Writing({ draft, captions, id }: WritingProps) {
  const { t, language: spoken, refusal } = useText();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [language, setLanguage] = useState<CaptionLanguage>(captions.shown ?? spoken);
  const [fault, setFault] = useState<Fault | null>(null);
  const [isSending, setSending] = useState(false);
  const [asks, setAsks] = useState(false);
  const isThere = captions.languages.includes(language);
  const params = { id, language };
  const changed = () => {
    void client.invalidateQueries({ queryKey: captionsKey(id, language) });
    return client.invalidateQueries({ queryKey: ['recording', id, 'page'] });
  };
  const upload = async (file: File) => {
    setSending(true);
    setFault(null);
    try {
      const track = await api(recordingRoutes.uploadCaptions, { params, body: { vtt: await file.text() } });
      client.setQueryData(captionsKey(id, language), track);
      await changed();
      announce(t('recording.panel.captions.uploaded', { n: track.cues.length }));
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      setSending(false);
    }
  };
  const remove = async () => {
    await api(recordingRoutes.removeCaptions, { params });
    client.removeQueries({ queryKey: captionsKey(id, language) });
    await changed();
  };
  const why = whys.find((one) => one === fault?.why);
  return (
    <section className="study-writing" aria-labelledby="study-writing">
      <h2 id="study-writing">{t('recording.panel.captions.write')}</h2>
      <Select
        label={t('recording.panel.captions.language')}
        options={CaptionLanguage.options.map((one) => ({ id: one, label: languageNames[one] }))}
        value={language}
        onChange={setLanguage}
      />
      <div className="study-writing-buttons">
        <Button icon={EditIcon} kind="primary" isPending={draft.isBusy} onPress={() => void draft.open(language, !isThere)}>
          {t(isThere ? 'recording.panel.captions.edit' : 'recording.panel.captions.new')}
        </Button>
        <Button icon={UploadIcon} isPending={isSending} onPress={() => input.current?.click()}>
          {t('recording.panel.captions.upload')}
        </Button>
        {isThere ? (
          <>
            <ButtonLink icon={DownloadIcon} href={`/api/recordings/${id}/captions/${language}.vtt`} download={`captions-${language}.vtt`}>
              {t('recording.panel.captions.download')}
            </ButtonLink>
            <Button icon={DeleteIcon} kind="quiet" onPress={() => setAsks(true)}>
              {t('recording.panel.captions.remove')}
            </Button>
          </>
        ) : null}
      </div>
      <input
        ref={input}
        type="file"
        accept=".vtt,text/vtt"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) void upload(file);
        }}
      />
      {fault === null ? null : (
        <Banner tone="danger" announce="assertive" title={t('recording.panel.captions.notTaken')}>
          {why === undefined ? refusal(fault.code) : t(`recording.panel.captions.fault.${why}`, { line: fault.line ?? 1 })}
        </Banner>
      )}
      {draft.trouble?.kind === 'refused' ? <Banner tone="danger">{refusal(draft.trouble.code)}</Banner> : null}
      <Confirm
        isOpen={asks}
        onOpenChange={setAsks}
        title={t('recording.panel.captions.removeAsk', { language: languageNames[language] })}
        action={t('recording.panel.captions.remove')}
        kind="danger"
        onConfirm={remove}
      >
        {t('recording.panel.captions.removeText')}
      </Confirm>
    </section>
  );
}

function faultOf(error: unknown): Fault {
  if (!(error instanceof ApiError)) return { code: 'internal', line: null, why: null };
  const { line, why } = error.details ?? {};
  return { code: error.code, line: typeof line === 'number' ? line : null, why: typeof why === 'string' ? why : null };
}
