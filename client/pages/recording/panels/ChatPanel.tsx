// The chat of the class, as it was written: the list goes along with the recording until one looks elsewhere in it.
import { memo, useRef, useState } from 'react';
import { useText } from '../../../i18n/index.ts';
import { pieces } from '../../../panels/chat/links.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ChatIcon } from '../../../ui/icons.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { Switch } from '../../../ui/Switch.tsx';
import { TimeButton } from './Moment.tsx';
import type { PanelProps } from './panel.ts';
import { useKeptInView } from './useKeptInView.ts';

export function ChatPanel({ study: { timeline, time }, positionMs, onGo }: PanelProps) {
  const { t } = useText();
  const list = useRef<HTMLElement>(null);
  const [follows, setFollows] = useState(true);
  const chat = timeline?.chat ?? [];
  const nowMs = time.toClass(positionMs);
  const now = chat.findLastIndex(({ atMs }) => atMs <= nowMs);
  const nowId = chat[now]?.id ?? null;
  useKeptInView(list, nowId, follows);
  if (!timeline) return <Skeleton height="12rem" />;
  if (chat.length === 0) {
    return (
      <EmptyState icon={ChatIcon} level={2} title={t('recording.panel.chat.empty.title')}>
        {t('recording.panel.chat.empty.text')}
      </EmptyState>
    );
  }
  const looks = () => setFollows(false);
  return (
    <div className="study-fill">
      <div className="study-head">
        <Switch isSelected={follows} onChange={setFollows}>
          {t('recording.panel.chat.follow')}
        </Switch>
      </div>
      <section
        className="study-scroll"
        ref={list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={t('recording.panel.chat')}
        onWheel={looks}
        onTouchMove={looks}
      >
        <ul className="study-chat">
          {chat.map((message, index) => (
            <Message
              key={message.id}
              {...message}
              atMs={time.toWatching(message.atMs)}
              place={index === now ? 'now' : index < now ? 'before' : 'after'}
              onGo={onGo}
            />
          ))}
        </ul>
      </section>
    </div>
  );
}

type MessageProps = {
  readonly id: string;
  readonly atMs: number;
  readonly name: string;
  readonly text: string;
  readonly own: boolean;
  readonly place: 'before' | 'now' | 'after';
  readonly onGo: (atMs: number) => void;
};

const Message = memo(function Message({ id, atMs, name, text, own, place, onGo }: MessageProps) {
  const { t } = useText();
  return (
    <li
      className="study-message"
      data-key={id}
      data-place={place}
      data-own={own || undefined}
      aria-current={place === 'now' ? 'true' : undefined}
    >
      <p className="study-message-head">
        <span className="study-message-name" title={name}>
          {own ? t('app.you') : name}
        </span>
        <TimeButton atMs={atMs} onGo={onGo} />
      </p>
      <p className="study-message-text">
        {pieces(text).map((piece, index) =>
          piece.kind === 'text' ? (
            piece.text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a message never change
            <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
              {piece.text}
            </a>
          ),
        )}
      </p>
    </li>
  );
});
