// The editor of captions: all cues in a list, one of them open; times are set by the moment that is played.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { CaptionLanguage } from '../../../../server/contract/recording-page.ts';
import type { WatchingTime } from '../../../../server/contract/watching-time.ts';
import { clock, languageNames, useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Confirm } from '../../../ui/Dialog.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { AddIcon, CaptionsIcon, CloseIcon } from '../../../ui/icons.ts';
import { announce } from '../../../ui/live.ts';
import { CueFields } from './CueFields.tsx';
import { CueLine } from './CueLine.tsx';
import { added, changed, cueAt, faultOf, removed, split } from './cues.ts';
import type { StudyPlayer } from './study.ts';
import type { CueDraft } from './useCueDraft.ts';
import { useKeptInView } from './useKeptInView.ts';

export type CueEditorProps = {
  readonly draft: CueDraft;
  readonly language: CaptionLanguage;
  readonly player: StudyPlayer;
  readonly positionMs: number;
  readonly time: WatchingTime;
};

export function CueEditor({ draft, language, player, positionMs, time }: CueEditorProps) {
  const { t } = useText();
  const { cues, set } = draft;
  const list = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const [openId, setOpenId] = useState<number | null>(null);
  const open = cues.find(({ id }) => id === openId);
  const nowId = cueAt(cues, time.toClass(positionMs))?.id ?? null;
  useKeptInView(list, nowId === null ? null : String(nowId), openId === null);

  // The exact moment, not the one that was drawn last.
  const moment = () => Math.round(time.toClass(player.state().positionMs));
  const go = (id: number | null) => {
    setOpenId(id);
    if (id !== null) queueMicrotask(() => list.current?.querySelector(`[data-key="${id}"]`)?.scrollIntoView({ block: 'nearest' }));
  };
  const add = () => {
    const next = added(cues, moment());
    set(next.cues);
    go(next.id);
  };
  const play = (fromMs: number) => {
    player.seek(time.toWatching(fromMs));
    player.play();
  };
  const splitOpen = () => {
    const next = open && split(cues, open.id, area.current?.selectionStart ?? null, moment());
    if (next) set(next);
    else announce(t('recording.panel.cue.notSplit'));
  };
  const step = (by: number) => {
    const at = cues.findIndex(({ id }) => id === openId);
    const next = cues[Math.min(cues.length - 1, Math.max(0, at + by))];
    if (next) go(next.id);
  };
  const save = async (over = false) => {
    const { faulty } = draft;
    if (faulty) {
      go(faulty.id);
      announce(t(`recording.panel.cue.fault.${faultOf(faulty) ?? 'no-text'}`), 'assertive');
    } else if (await draft.save(over)) announce(t('recording.panel.cue.saved'));
  };

  const onKey = (event: KeyboardEvent) => {
    if (!act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  /** Codes, not letters: the same keys on every layout. */
  const act = ({ altKey, ctrlKey, metaKey, code }: KeyboardEvent): boolean => {
    if ((ctrlKey || metaKey) && !altKey && code === 'KeyS') {
      void save();
      return true;
    }
    if (!altKey || ctrlKey || metaKey) return false;
    const byCode: Readonly<Record<string, (() => void) | undefined>> = {
      Comma: open && (() => set(changed(cues, open.id, { fromMs: moment() }))),
      Period: open && (() => set(changed(cues, open.id, { toMs: moment() }))),
      Enter: open && (() => play(open.fromMs)),
      Slash: open && splitOpen,
      Insert: add,
      KeyA: add,
      ArrowUp: () => step(-1),
      ArrowDown: () => step(1),
    };
    byCode[code]?.();
    return byCode[code] !== undefined;
  };

  return (
    <section className="study-fill" aria-label={t('recording.panel.cue.editorOf', { language: languageNames[language] })} onKeyDown={onKey}>
      <Head {...{ draft, language }} onSave={() => void save()} onSaveOver={() => void save(true)} onAdd={add} />
      <div className="study-scroll" ref={list}>
        {cues.length === 0 ? (
          <EmptyState icon={CaptionsIcon} level={2} title={t('recording.panel.cue.empty.title')}>
            {t('recording.panel.cue.empty.text')}
          </EmptyState>
        ) : (
          <ol className="study-cues" aria-label={t('recording.panel.cue.list')}>
            {cues.map((cue) => (
              <li key={cue.id} data-key={cue.id} data-now={cue.id === nowId || undefined}>
                {cue.id === openId ? (
                  <CueFields
                    {...{ cue, time, areaRef: area }}
                    onChange={(change) => set(changed(cues, cue.id, change))}
                    onStartNow={() => set(changed(cues, cue.id, { fromMs: moment() }))}
                    onEndNow={() => set(changed(cues, cue.id, { toMs: moment() }))}
                    onPlay={() => play(cue.fromMs)}
                    onSplit={splitOpen}
                    onRemove={() => {
                      set(removed(cues, cue.id));
                      setOpenId(null);
                    }}
                    onClose={() => setOpenId(null)}
                  />
                ) : (
                  <CueLine cue={cue} at={clock(time.toWatching(cue.fromMs))} onOpen={go} />
                )}
              </li>
            ))}
          </ol>
        )}
      </div>
    </section>
  );
}

type HeadProps = Pick<CueEditorProps, 'draft' | 'language'> & {
  readonly onSave: () => void;
  /** Over what somebody else has saved. */
  readonly onSaveOver: () => void;
  readonly onAdd: () => void;
};

function Head({ draft, language, onSave, onSaveOver, onAdd }: HeadProps) {
  const { t, refusal } = useText();
  const { isChanged, isBusy, trouble, close } = draft;
  const [asks, setAsks] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever opened the editor by keyboard is in it.
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="study-head study-head-editor">
      <div className="study-head-row">
        <h2 ref={heading} tabIndex={-1}>
          {t('recording.panel.cue.editorOf', { language: languageNames[language] })}
        </h2>
        <IconButton size="small" icon={CloseIcon} label={t('app.close')} onPress={() => (isChanged ? setAsks(true) : close())} />
      </div>
      <div className="study-writing-buttons">
        <Button size="small" kind="primary" isPending={isBusy} isDisabled={!isChanged} onPress={onSave}>
          {t('app.save')}
        </Button>
        <Button size="small" icon={AddIcon} onPress={onAdd}>
          {t('recording.panel.cue.add')}
        </Button>
      </div>
      <details className="study-keys">
        <summary>{t('recording.panel.cue.keys')}</summary>
        <dl>
          {(['start', 'end', 'play', 'split', 'add', 'step', 'save'] as const).map((what) => (
            <div key={what}>
              <dt>
                <kbd>{keys[what]}</kbd>
              </dt>
              <dd>{t(`recording.panel.cue.key.${what}`)}</dd>
            </div>
          ))}
        </dl>
      </details>
      {trouble?.kind === 'conflict' ? (
        <Banner
          tone="warn"
          announce="assertive"
          title={t('recording.panel.cue.conflict.title')}
          action={
            <>
              <Button size="small" onPress={() => void draft.open(language, false)}>
                {t('recording.panel.cue.conflict.theirs')}
              </Button>
              <Button size="small" onPress={onSaveOver}>
                {t('recording.panel.cue.conflict.mine')}
              </Button>
            </>
          }
        >
          {t('recording.panel.cue.conflict.text')}
        </Banner>
      ) : null}
      {trouble?.kind === 'refused' ? (
        <Banner tone="danger" announce="assertive">
          {refusal(trouble.code)}
        </Banner>
      ) : null}
      <Confirm
        isOpen={asks}
        onOpenChange={setAsks}
        title={t('recording.panel.cue.leaveAsk')}
        action={t('recording.panel.cue.leave')}
        kind="danger"
        onConfirm={close}
      >
        {t('recording.panel.cue.leaveText')}
      </Confirm>
    </div>
  );
}

const keys = {
  start: 'Alt + ,',
  end: 'Alt + .',
  play: 'Alt + Enter',
  split: 'Alt + /',
  add: 'Alt + A',
  step: 'Alt + ↑ ↓',
  save: 'Ctrl + S',
} as const;
