// One's own menu: appearance, account and ways out.
import { useState } from 'react';
import type { Person } from '../../server/contract/identity.ts';
import { useText } from '../i18n/index.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Dialog.tsx';
import { DevicesIcon, LeaveIcon, SettingsIcon } from '../ui/icons.ts';
import { announce } from '../ui/live.ts';
import { Menu, MenuItem, MenuSection, MenuSeparator } from '../ui/Menu.tsx';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import { errorCode } from './api.ts';
import { useSession } from './session.tsx';
import { ThemeItems } from './ThemeItems.tsx';
import './PersonMenu.css';

export function PersonMenu({ person }: { person: Person }) {
  const { t, refusal } = useText();
  const { signOut } = useSession();
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<string>();

  const leave = async (reach: 'here' | 'everywhere') => {
    try {
      await signOut(reach);
      announce(t('app.signedOut'));
    } catch (error) {
      setFault(refusal(errorCode(error)));
    }
  };

  return (
    <>
      <Menu
        aria-label={person.displayName}
        button={
          <Button kind="quiet" className="person-menu-button">
            <Avatar name={person.displayName} size="small" />
            <VisuallyHidden>{t('app.menu.person')}</VisuallyHidden>
            <span className="person-menu-name">{person.displayName}</span>
          </Button>
        }
      >
        <ThemeItems />
        <MenuSeparator />
        <MenuSection title={person.displayName}>
          <MenuItem icon={SettingsIcon} href="/account">
            {t('app.account')}
          </MenuItem>
          <MenuItem icon={LeaveIcon} onAction={() => leave('here')}>
            {t('app.signOut')}
          </MenuItem>
          <MenuItem icon={DevicesIcon} onAction={() => setAsking(true)}>
            {t('app.signOutEverywhere')}
          </MenuItem>
        </MenuSection>
      </Menu>
      <Confirm
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('app.signOutEverywhere.title')}
        action={t('app.signOutEverywhere')}
        onConfirm={() => leave('everywhere')}
      >
        {t('app.signOutEverywhere.text')}
      </Confirm>
      {fault ? (
        <div className="person-menu-fault">
          <Banner tone="danger" announce="assertive" onDismiss={() => setFault(undefined)}>
            {fault}
          </Banner>
        </div>
      ) : null}
    </>
  );
}
