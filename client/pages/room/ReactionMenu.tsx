// A row of reactions that opens over the bar.
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Reaction } from '../../../server/contract/room.ts';
import { useText } from '../../i18n/index.ts';
import { ReactionIcon } from '../../ui/icons.ts';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { BarButton } from './BarButton.tsx';
import { reactionIcons } from './Reactions.tsx';

export function ReactionMenu({ react }: { readonly react: (reaction: Reaction) => void }) {
  const { t } = useText();
  return (
    <DialogTrigger>
      <BarButton className="not-on-phone" icon={ReactionIcon} name={t('room.reactions')} hint={t('room.reactions.hint')} />
      <Popover className="popover reaction-popover" placement="top" offset={8}>
        <Dialog className="reaction-row" aria-label={t('room.reactions')}>
          {({ close }) => (
            <ReactionRow
              react={(reaction) => {
                react(reaction);
                close();
              }}
            />
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

export function ReactionRow({ react }: { readonly react: (reaction: Reaction) => void }) {
  const { t } = useText();
  return Reaction.options.map((reaction) => {
    const Shape = reactionIcons[reaction];
    return (
      <Tooltip key={reaction} text={t(`room.reaction.${reaction}`)}>
        <AriaButton className="reaction-button" aria-label={t(`room.reaction.${reaction}`)} onPress={() => react(reaction)}>
          <Shape />
        </AriaButton>
      </Tooltip>
    );
  });
}
