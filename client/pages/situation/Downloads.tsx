// What is shown, as files for other programs.
import { addressOf } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { DownloadIcon } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/Menu.tsx';

type DownloadsProps = { readonly path: string; readonly query: Readonly<Record<string, string | number | undefined>> };

export function Downloads({ path, query }: DownloadsProps) {
  const { t, language } = useText();
  const address = (kind: 'csv' | 'xlsx') => addressOf(`${path}.${kind}`, {}, { ...query, lang: language });
  return (
    <Menu button={<Button icon={DownloadIcon}>{t('app.download')}</Button>} aria-label={t('app.download')}>
      <MenuItem href={address('xlsx')} download="">
        {t('situation.file.xlsx')}
      </MenuItem>
      <MenuItem href={address('csv')} download="">
        {t('situation.file.csv')}
      </MenuItem>
    </Menu>
  );
}
