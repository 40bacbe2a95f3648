// Trims the ends and cuts passages out, at the moment that the player stands at; lists what is cut, and takes it back.
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { RecordingEditId, RecordingId } from '../../../server/contract/ids.ts';
import type { NewRecordingEdit } from '../../../server/contract/recording-edits.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';
import { clock, useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { RestoreIcon } from '../../ui/icons.ts';
import { type Cut, cutsOf, passageOf } from './edits.ts';
import { Fault } from './Fault.tsx';
import type { Moment } from './moment.ts';
import { editsQuery, useRecordingAct } from './queries.ts';

type CutSectionProps = { readonly id: RecordingId; readonly durationMs: number; readonly moment: Moment };

export function CutSection({ id, durationMs, moment }: CutSectionProps) {
  const { t } = useText();
  const { data: edits = [] } = useQuery(editsQuery(id));
  const [fromMs, setFromMs] = useState<number | null>(null);
  const [toMs, setToMs] = useState<number | null>(null);
  const add = useRecordingAct(
    id,
    (body: NewRecordingEdit) => api(recordingRoutes.editRecording, { params: { id }, body }),
    t('recording-edit.cut.done'),
  );
  const undo = useRecordingAct(
    id,
    (editId: RecordingEditId) => api(recordingRoutes.undoRecordingEdit, { params: { id, editId } }),
    t('recording-edit.undone'),
  );
  const at = clock(moment.show(moment.ms));
  const passage = passageOf(fromMs, toMs);
  const show = (ms: number | null) => (ms === null ? '…' : clock(moment.show(ms)));
  const cuts = cutsOf(edits);
  const list = useRef<HTMLHeadingElement>(null);
  // The button that was pressed goes away, or has nothing to do any more.
  const cut = (span: { readonly fromMs: number; readonly toMs: number | null }) => {
    add.mutate({ kind: 'cut', ...span });
    list.current?.focus();
  };
  const cutPassage = () => {
    if (passage === null) return;
    cut(passage);
    setFromMs(null);
    setToMs(null);
  };
  return (
    <Card title={t('recording-edit.cut.title')}>
      <p className="recording-edit-note">{t('recording-edit.cut.text')}</p>
      <div className="recording-edit-buttons">
        <Button isDisabled={moment.ms <= 0} onPress={() => cut({ fromMs: 0, toMs: moment.ms })}>
          {t('recording-edit.cut.before', { at })}
        </Button>
        <Button isDisabled={moment.ms >= durationMs} onPress={() => cut({ fromMs: moment.ms, toMs: null })}>
          {t('recording-edit.cut.after', { at })}
        </Button>
      </div>
      <div className="recording-edit-passage">
        <Button onPress={() => setFromMs(moment.ms)}>{t('recording-edit.cut.from')}</Button>
        <Button onPress={() => setToMs(moment.ms)}>{t('recording-edit.cut.to')}</Button>
        {fromMs === null && toMs === null ? null : (
          <span className="tabular">{t('recording-edit.cut.passage', { from: show(fromMs), to: show(toMs) })}</span>
        )}
        <Button kind="primary" isDisabled={passage === null} onPress={cutPassage}>
          {t('recording-edit.cut.do')}
        </Button>
      </div>
      <Fault errors={[add.error, undo.error]} />
      <h3 className="recording-edit-subtitle" ref={list} tabIndex={-1}>
        {t('recording-edit.cut.list')}
      </h3>
      {cuts.length === 0 ? <p className="recording-edit-note">{t('recording-edit.cut.none')}</p> : null}
      <ul className="recording-edit-list">
        {cuts.map((made) => (
          <CutRow
            key={made.id}
            cut={made}
            durationMs={durationMs}
            moment={moment}
            onUndo={() => {
              undo.mutate(made.id);
              list.current?.focus();
            }}
          />
        ))}
      </ul>
    </Card>
  );
}

type CutRowProps = { readonly cut: Cut; readonly durationMs: number; readonly moment: Moment; readonly onUndo: () => void };

function CutRow({ cut, durationMs, moment, onUndo }: CutRowProps) {
  const { t, dateTime } = useText();
  const span = t('recording-edit.cut.passage', {
    from: clock(moment.show(cut.fromMs)),
    to: clock(moment.show(cut.toMs ?? durationMs)),
  });
  return (
    <li className="recording-edit-row">
      <Button kind="quiet" className="tabular" onPress={() => moment.go(cut.fromMs)}>
        {span}
      </Button>
      <span className="recording-edit-note">{t('recording-edit.madeBy', { name: cut.madeBy, when: dateTime(cut.madeAt) })}</span>
      <Button size="small" icon={RestoreIcon} aria-label={t('recording-edit.undoOf', { what: span })} onPress={onUndo}>
        {t('recording-edit.undo')}
      </Button>
    </li>
  );
}
