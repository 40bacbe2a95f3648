// Reactions of the class, floating over the stage for a few seconds with the name of who sent them.
import { useEffect, useState } from 'react';
import type { Reaction } from '../../../server/contract/room.ts';
import { useText } from '../../i18n/index.ts';
import { currentReactions, reactionShownMs } from '../../session/reduce.ts';
import type { ShownReaction } from '../../session/state.ts';
import { useRoom } from '../../session/useSession.ts';
import { AbsentIcon, SuccessIcon } from '../../ui/icons.ts';
import { Applause, Heart, Laugh, Surprise, Thinking, ThumbsUp } from './reaction-icons.ts';

export const reactionIcons = {
  'thumbs-up': ThumbsUp,
  applause: Applause,
  heart: Heart,
  laugh: Laugh,
  surprise: Surprise,
  thinking: Thinking,
  yes: SuccessIcon,
  no: AbsentIcon,
} as const satisfies Record<Reaction, unknown>;

/** More at once would hide the class. */
const mostShown = 6;

export function Reactions() {
  const { t } = useText();
  const reactions = useRoom((room) => room.reactions);
  const offset = useRoom((room) => room.clockOffsetMs);
  const people = useRoom((room) => room.participants);
  const [shown, setShown] = useState<readonly ShownReaction[]>([]);
  useEffect(() => {
    const show = () => setShown(currentReactions(reactions, Date.now() + offset).slice(-mostShown));
    show();
    if (reactions.length === 0) return;
    const timer = setTimeout(show, reactionShownMs + 50);
    return () => clearTimeout(timer);
  }, [reactions, offset]);
  if (shown.length === 0) return null;
  return (
    <ul className="reactions" aria-hidden="true">
      {shown.map(({ participantId, reaction, at }) => {
        const Shape = reactionIcons[reaction];
        return (
          <li key={`${participantId} ${at} ${reaction}`} className="reaction">
            <Shape />
            <span>{people.get(participantId)?.name ?? t(`room.reaction.${reaction}`)}</span>
          </li>
        );
      })}
    </ul>
  );
}
