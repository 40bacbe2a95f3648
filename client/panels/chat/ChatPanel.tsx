// The public chat: what was said, what is on its way, and a field to write.
import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ChatMessage } from '../../../server/contract/chat.ts';
import { useText } from '../../i18n/index.ts';
import { useClassroom } from '../../pages/room/classroom.ts';
import type { Outgoing } from '../../session/outbox.ts';
import { useOutgoing, useRoom } from '../../session/useSession.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ChatIcon, ChevronDownIcon } from '../../ui/icons.ts';
import { Composer } from './Composer.tsx';
import { type Block, blocks } from './grouping.ts';
import { pieces } from './links.ts';
import './chat.css';

/** Nearer to the end than this, one wants to follow the talk. */
const nearEndPx = 60;

export function ChatPanel() {
  const { t } = useText();
  const { readUntil } = useClassroom();
  const chat = useRoom((room) => room.chat);
  const selfId = useRoom((room) => room.self.participantId);
  const outgoing = useOutgoing();
  const list = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);
  const lastAt = chat.at(-1)?.at ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new message moves the end
  useLayoutEffect(() => {
    if (follows && list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [chat, outgoing, follows]);
  useEffect(() => {
    if (follows) readUntil.set(Math.max(readUntil.value, lastAt));
  }, [readUntil, lastAt, follows]);

  const scrolled = () => {
    const box = list.current;
    if (box) setFollows(box.scrollHeight - box.scrollTop - box.clientHeight < nearEndPx);
  };
  return (
    <div className="chat">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
      <div ref={list} className="chat-list" onScroll={scrolled} tabIndex={0} role="log" aria-label={t('room.chat')} aria-live="off">
        {chat.length === 0 && outgoing.length === 0 ? (
          <EmptyState icon={ChatIcon} level={3} title={t('room.chat.empty.title')}>
            {t('room.chat.empty.text')}
          </EmptyState>
        ) : null}
        {blocks(chat).map((block) => (
          <ChatBlock key={block.key} block={block} count={block.messages.length} isOwn={block.first.participantId === selfId} />
        ))}
        {outgoing.map((message) => (
          <OutgoingMessage key={message.clientId} message={message} />
        ))}
      </div>
      {follows ? null : (
        <Button size="small" className="chat-to-end" icon={ChevronDownIcon} onPress={() => setFollows(true)}>
          {t('room.chat.toEnd')}
        </Button>
      )}
      <Composer />
    </div>
  );
}

type ChatBlockProps = { readonly block: Block; readonly count: number; readonly isOwn: boolean };

const ChatBlock = memo(
  function ChatBlock({ block, isOwn }: ChatBlockProps) {
    const { t, time, date } = useText();
    const { first, messages, startsDay } = block;
    return (
      <>
        {startsDay ? <p className="chat-day">{date(first.at, 'day')}</p> : null}
        <article className="chat-block">
          <Avatar name={first.name} size="small" />
          <div className="chat-block-text">
            <p className="chat-author">
              <span className="chat-name" title={first.name}>
                {isOwn ? t('app.you') : first.name}
              </span>
              <time dateTime={new Date(first.at).toISOString()}>{time(first.at)}</time>
            </p>
            {messages.map((message) => (
              <MessageText key={message.id} message={message} />
            ))}
          </div>
        </article>
      </>
    );
  },
  (one, other) =>
    one.block.key === other.block.key &&
    one.count === other.count &&
    one.isOwn === other.isOwn &&
    one.block.startsDay === other.block.startsDay,
);

function MessageText({ message }: { readonly message: Pick<ChatMessage, 'text'> }) {
  return (
    <p className="chat-text">
      {pieces(message.text).map((piece, index) =>
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
  );
}

function OutgoingMessage({ message }: { readonly message: Outgoing }) {
  const { t, refusal } = useText();
  const { session } = useClassroom();
  const { refusedWith } = message;
  return (
    <article className="chat-outgoing">
      <MessageText message={message} />
      {refusedWith === undefined ? (
        <p className="chat-outgoing-state">{t('room.chat.sending')}</p>
      ) : (
        <p className="chat-outgoing-state chat-outgoing-refused" role="alert">
          {refusal(refusedWith)}
          <Button size="small" kind="quiet" onPress={() => session.postAgain(message.clientId)}>
            {t('app.tryAgain')}
          </Button>
          <Button size="small" kind="quiet" onPress={() => session.discard(message.clientId)}>
            {t('app.delete')}
          </Button>
        </p>
      )}
    </article>
  );
}
