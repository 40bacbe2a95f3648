// What is seen: the layout, and how much is fetched at all.
import { type TextKey, useText } from '../../i18n/index.ts';
import { type Saver, savers } from '../../player/state.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { LayoutIcon } from '../../ui/icons.ts';
import { Menu, MenuItem, MenuSection } from '../../ui/Menu.tsx';
import { type Layout, layouts } from './stage-plan.ts';
import type { Wishes } from './viewer-wishes.ts';

const layoutNames: Readonly<Record<Layout, TextKey>> = {
  screen: 'recording.layout.screen',
  speaker: 'recording.layout.speaker',
  side: 'recording.layout.side',
  sound: 'recording.layout.sound',
};
const saverNames: Readonly<Record<Saver, TextKey>> = {
  all: 'recording.saver.all',
  screen: 'recording.saver.screen',
  sound: 'recording.saver.sound',
};

export type ViewMenuProps = {
  readonly layout: Layout;
  readonly saver: Saver;
  readonly onWish: (wish: Partial<Wishes>) => void;
};

export function ViewMenu({ layout, saver, onWish }: ViewMenuProps) {
  const { t } = useText();
  return (
    <Menu aria-label={t('recording.view')} placement="top end" button={<IconButton icon={LayoutIcon} label={t('recording.view')} />}>
      <MenuSection
        title={t('recording.layout')}
        selectionMode="single"
        selectedKeys={[`layout ${layout}`]}
        onSelectionChange={(chosen) => {
          const next = layouts.find((one) => chosen !== 'all' && chosen.has(`layout ${one}`));
          if (next !== undefined) onWish({ layout: next });
        }}
      >
        {layouts.map((one) => (
          <MenuItem key={one} id={`layout ${one}`}>
            {t(layoutNames[one])}
          </MenuItem>
        ))}
      </MenuSection>
      <MenuSection
        title={t('recording.saver')}
        selectionMode="single"
        selectedKeys={[`saver ${saver}`]}
        onSelectionChange={(chosen) => {
          const next = savers.find((one) => chosen !== 'all' && chosen.has(`saver ${one}`));
          if (next !== undefined) onWish({ saver: next });
        }}
      >
        {savers.map((one) => (
          <MenuItem key={one} id={`saver ${one}`} {...(one === 'screen' ? { note: t('recording.saver.screenNote') } : {})}>
            {t(saverNames[one])}
          </MenuItem>
        ))}
      </MenuSection>
    </Menu>
  );
}
