// Switches the language at any moment; a signed-in person's choice is kept with the account.
import { useMutation } from '@tanstack/react-query';
import { sessionRoutes } from '../../server/contract/routes-session.ts';
import { isLanguage, type Language, languageNames, languages, useText } from '../i18n/index.ts';
import { Button } from '../ui/Button.tsx';
import { LanguagesIcon } from '../ui/icons.ts';
import { Menu, MenuItem, MenuSection } from '../ui/Menu.tsx';
import { api } from './api.ts';
import { useSession } from './session.tsx';

export function LanguageMenu() {
  const { t, language } = useText();
  return (
    <Menu
      aria-label={t('app.language')}
      button={
        <Button kind="quiet" icon={LanguagesIcon} aria-label={`${t('app.language')}: ${languageNames[language]}`}>
          <span lang={language}>{languageNames[language]}</span>
        </Button>
      }
    >
      <LanguageItems />
    </Menu>
  );
}

/** The languages as a part of another menu. */
export function LanguageItems() {
  const { t, language } = useText();
  const pick = usePickLanguage();
  return (
    <MenuSection
      title={t('app.language')}
      selectionMode="single"
      selectedKeys={[language]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : [...keys];
        if (isLanguage(key)) pick(key);
      }}
    >
      {languages.map((id) => (
        <MenuItem key={id} id={id} lang={id}>
          {languageNames[id]}
        </MenuItem>
      ))}
    </MenuSection>
  );
}

export function usePickLanguage(): (language: Language) => void {
  const { setLanguage } = useText();
  const { person, changed } = useSession();
  const keep = useMutation({
    mutationFn: (language: Language) => api(sessionRoutes.changeMe, { body: { language } }),
    onSuccess: (me) => changed(me.person),
  });
  return (language) => {
    void setLanguage(language);
    if (person) keep.mutate(language);
  };
}
