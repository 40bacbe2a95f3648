// The chapters of a recording, the one that is played marked; above them, where one has asked something oneself.
import { useRef } from 'react';
import { Button } from 'react-aria-components';
import { clock, useText } from '../../../i18n/index.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ChatIcon, HandIcon, ListIcon } from '../../../ui/icons.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { iconOf, isImportant, titleOf } from './chapter-title.ts';
import { Moment } from './Moment.tsx';
import type { PanelProps } from './panel.ts';
import { useKeptInView } from './useKeptInView.ts';

export function ChaptersPanel({ study: { timeline, time }, positionMs, onGo }: PanelProps) {
  const { t } = useText();
  const list = useRef<HTMLDivElement>(null);
  const chapters = timeline?.chapters.map((chapter) => ({ chapter, atMs: time.toWatching(chapter.atMs) })) ?? [];
  const now = chapters.findLastIndex(({ atMs }) => atMs <= positionMs + 200);
  useKeptInView(list, now < 0 ? null : String(now), true);
  if (!timeline) return <Skeleton height="12rem" />;
  return (
    <div className="study-scroll" ref={list}>
      <Questions questions={timeline.questions.map(({ kind, atMs }) => ({ kind, atMs: time.toWatching(atMs) }))} onGo={onGo} />
      {chapters.length < 2 ? (
        <EmptyState icon={ListIcon} level={2} title={t('recording.panel.chapters.empty.title')}>
          {t('recording.panel.chapters.empty.text')}
        </EmptyState>
      ) : (
        <ol className="study-list" aria-label={t('recording.panel.chapters')}>
          {chapters.map(({ chapter, atMs }, index) => (
            <li key={`${chapter.kind} ${chapter.atMs}`} data-key={index} className={isImportant(chapter) ? 'study-important' : undefined}>
              <Moment atMs={atMs} onGo={onGo} icon={iconOf(chapter)} isNow={index === now}>
                {titleOf(chapter, t)}
                {isImportant(chapter) && chapter.kind === 'mark' && chapter.mark.text !== '' ? (
                  <span className="study-important-word">{t('recording.panel.chapter.important')}</span>
                ) : null}
              </Moment>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

type QuestionsProps = {
  readonly questions: readonly { readonly kind: 'message' | 'hand'; readonly atMs: number }[];
  readonly onGo: (atMs: number) => void;
};

/** One who asked wants the answer: it begins a little before, with what it was about. */
const beforeMs = 5000;

function Questions({ questions, onGo }: QuestionsProps) {
  const { t } = useText();
  if (questions.length === 0) return null;
  return (
    <section className="study-questions" aria-labelledby="study-questions">
      <h2 id="study-questions">{t('recording.panel.questions')}</h2>
      <ul>
        {questions.map(({ kind, atMs }) => {
          const time = clock(atMs);
          return (
            <li key={`${kind} ${atMs}`}>
              <Button
                className="study-question tabular"
                aria-label={t(kind === 'hand' ? 'recording.panel.questions.hand' : 'recording.panel.questions.message', { time })}
                onPress={() => onGo(Math.max(0, atMs - beforeMs))}
              >
                {kind === 'hand' ? <HandIcon /> : <ChatIcon />}
                {time}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
