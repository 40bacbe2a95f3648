// The words around the list of one thing of the catalogue.
import { useText } from '../../i18n/index.ts';

export function useSectionWords(of: 'department' | 'programme' | 'stream' | 'place') {
  const { t } = useText();
  return {
    list: t(`university.${of}s`),
    add: t(`university.${of}.add`),
    edit: t(`university.${of}.edit`),
    search: t(`university.${of}.search`),
    empty: t(`university.${of}.empty.title`),
    emptyText: t(`university.${of}.empty.text`),
  };
}
