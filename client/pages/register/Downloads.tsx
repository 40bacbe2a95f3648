// The register as files, for other programs and for paper.
import type { Register } from '../../../server/contract/attendance.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { DownloadIcon } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/Menu.tsx';

export function Downloads({ lessonId }: Pick<Register, 'lessonId'>) {
  const { t, language } = useText();
  const address = `/api/lessons/${lessonId}/register`;
  return (
    <Menu button={<Button icon={DownloadIcon}>{t('app.download')}</Button>} aria-label={t('app.download')}>
      <MenuItem href={`${address}.xlsx?lang=${language}`} download="" note={t('register.file.xlsx.note')}>
        {t('register.file.xlsx')}
      </MenuItem>
      <MenuItem href={`${address}.pdf?lang=${language}`} download="" note={t('register.file.pdf.note')}>
        {t('register.file.pdf')}
      </MenuItem>
      <MenuItem href={`${address}.csv?lang=${language}`} download="" note={t('register.file.csv.note')}>
        {t('register.file.csv')}
      </MenuItem>
      <MenuItem href={`${address}.json`} download="" note={t('register.file.json.note')}>
        {t('register.file.json')}
      </MenuItem>
      <MenuItem href={`/api/lessons/${lessonId}/trace.jsonl`} download={`trace-${lessonId}.jsonl`} note={t('register.file.trace.note')}>
        {t('register.file.trace')}
      </MenuItem>
    </Menu>
  );
}
