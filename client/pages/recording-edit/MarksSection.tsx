// The teacher's marks: important moments and chapters, made at the moment that the player stands at.
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { RecordingId } from '../../../server/contract/ids.ts';
import type { MarkKind, RecordingMark } from '../../../server/contract/recording-page.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';
import { clock, useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { BookOpenIcon, CheckIcon, DeleteIcon, ImportantIcon } from '../../ui/icons.ts';
import { TextField } from '../../ui/TextField.tsx';
import { timelineQuery } from '../recording/timeline-query.ts';
import { Fault } from './Fault.tsx';
import type { Moment } from './moment.ts';
import { useRecordingAct } from './queries.ts';

export function MarksSection({ id, moment }: { readonly id: RecordingId; readonly moment: Moment }) {
  const { t } = useText();
  const { data: timeline } = useQuery(timelineQuery(id));
  const [text, setText] = useState('');
  const add = useRecordingAct(
    id,
    (kind: MarkKind) => api(recordingRoutes.markRecording, { params: { id }, body: { kind, atMs: moment.ms, text } }),
    t('recording-edit.marks.added'),
  );
  const list = useRef<HTMLUListElement>(null);
  const marks = timeline?.chapters.flatMap((chapter) => (chapter.kind === 'mark' ? [chapter.mark] : [])) ?? [];
  const addAs = (kind: MarkKind) => add.mutate(kind, { onSuccess: () => setText('') });
  return (
    <Card title={t('recording-edit.marks.title')}>
      <TextField
        label={t('recording-edit.marks.name', { at: clock(moment.show(moment.ms)) })}
        value={text}
        onChange={setText}
        maxLength={120}
        optional
      />
      <div className="recording-edit-buttons">
        <Button icon={BookOpenIcon} isDisabled={text.trim() === ''} onPress={() => addAs('chapter')}>
          {t('recording-edit.marks.chapter')}
        </Button>
        <Button icon={ImportantIcon} onPress={() => addAs('important')}>
          {t('recording-edit.marks.important')}
        </Button>
      </div>
      <Fault errors={[add.error]} />
      <ul className="recording-edit-list" ref={list} tabIndex={-1}>
        {marks.map((mark) => (
          <MarkRow key={`${mark.id} ${mark.text}`} id={id} mark={mark} moment={moment} onRemove={() => list.current?.focus()} />
        ))}
      </ul>
    </Card>
  );
}

type MarkRowProps = { readonly id: RecordingId; readonly mark: RecordingMark; readonly moment: Moment; readonly onRemove: () => void };

function MarkRow({ id, mark, moment, onRemove }: MarkRowProps) {
  const { t } = useText();
  const [text, setText] = useState(mark.text);
  const params = { id, markId: mark.id };
  const rename = useRecordingAct(id, () => api(recordingRoutes.changeMark, { params, body: { text } }), t('recording-edit.marks.renamed'));
  const remove = useRecordingAct(id, () => api(recordingRoutes.removeMark, { params }), t('recording-edit.marks.removed'));
  const at = clock(moment.show(mark.atMs));
  const Sign = mark.kind === 'important' ? ImportantIcon : BookOpenIcon;
  return (
    <li className="recording-edit-row recording-edit-mark">
      <Sign aria-label={t(`recording-edit.marks.${mark.kind}`)} role="img" />
      <Button kind="quiet" className="tabular" onPress={() => moment.go(mark.atMs)}>
        {at}
      </Button>
      <TextField aria-label={t('recording-edit.marks.nameAt', { at })} value={text} onChange={setText} maxLength={120} />
      {text.trim() === mark.text ? null : (
        <IconButton
          icon={CheckIcon}
          size="small"
          label={t('recording-edit.marks.rename', { at })}
          onPress={() => rename.mutate(undefined)}
        />
      )}
      <IconButton
        icon={DeleteIcon}
        size="small"
        label={t('recording-edit.marks.remove', { at })}
        onPress={() => {
          remove.mutate(undefined);
          // The row goes away with its button.
          onRemove();
        }}
      />
      <Fault errors={[rename.error, remove.error]} />
    </li>
  );
}
