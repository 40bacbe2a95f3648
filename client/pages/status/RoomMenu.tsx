// What can be done with one room from outside: go in, or end it for everybody.
import { useText } from '../../i18n/index.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { DoorIcon, EndIcon, MoreIcon } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/Menu.tsx';
import type { RoomDeed } from './Deed.tsx';
import type { Room } from './figures.ts';

type RoomMenuProps = { readonly room: Room; readonly onDeed: (deed: RoomDeed) => void };

export function RoomMenu({ room, onDeed }: RoomMenuProps) {
  const { t } = useText();
  const label = t('status.acts.of', { name: room.title });
  return (
    <Menu aria-label={label} button={<IconButton icon={MoreIcon} label={label} size="small" />}>
      <MenuItem icon={DoorIcon} onAction={() => onDeed({ act: 'enter', room })}>
        {t('status.enter')}
      </MenuItem>
      <MenuItem icon={EndIcon} danger onAction={() => onDeed({ act: 'end', room })}>
        {t('status.end')}
      </MenuItem>
    </Menu>
  );
}
