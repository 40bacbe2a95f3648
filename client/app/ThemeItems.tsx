// Light, dark or as the device, as a part of a menu.
import { useText } from '../i18n/index.ts';
import { DarkThemeIcon, LightThemeIcon, SystemThemeIcon } from '../ui/icons.ts';
import { MenuItem, MenuSection } from '../ui/Menu.tsx';
import { pickTheme, themes, useTheme } from './theme.ts';

const icons = { system: SystemThemeIcon, light: LightThemeIcon, dark: DarkThemeIcon } as const;

export function ThemeItems() {
  const { t } = useText();
  const theme = useTheme();
  return (
    <MenuSection
      title={t('app.theme')}
      selectionMode="single"
      selectedKeys={[theme]}
      onSelectionChange={(keys) => {
        const picked = themes.find((candidate) => keys !== 'all' && keys.has(candidate));
        if (picked) pickTheme(picked);
      }}
    >
      {themes.map((id) => (
        <MenuItem key={id} id={id} icon={icons[id]}>
          {t(`app.theme.${id}`)}
        </MenuItem>
      ))}
    </MenuSection>
  );
}
