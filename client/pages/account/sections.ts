// The parts of the account page, in their order; a part of another module is one line here.
import type { ComponentType } from 'react';
import type { Person } from '../../../server/contract/identity.ts';
import { NotificationSettings } from '../../notifications/NotificationSettings.tsx';
import { DataSection } from './DataSection.tsx';
import { DetailsSection } from './DetailsSection.tsx';
import { PasswordSection } from './PasswordSection.tsx';
import { SecondFactorSection } from './SecondFactorSection.tsx';
import { SessionsSection } from './SessionsSection.tsx';

interface AccountSection {
  readonly id: string;
  /** Draws a card with a title. */
  readonly Section: ComponentType<{ readonly person: Person }>;
}

export const accountSections: readonly AccountSection[] = [
  { id: 'details', Section: DetailsSection },
  { id: 'second-factor', Section: SecondFactorSection },
  { id: 'password', Section: PasswordSection },
  { id: 'sessions', Section: SessionsSection },
  { id: 'notifications', Section: NotificationSettings },
  { id: 'data', Section: DataSection },
];
