// What the page of the university is made of: one line per section, in the order in which it is listed.
import { type ComponentType, lazy } from 'react';
import type { TextKey } from '../../i18n/index.ts';
import { FacultiesFirst } from './FacultiesFirst.tsx';

export type SectionGroup = 'time' | 'structure' | 'data';

export type Section = {
  /** In the address. */
  readonly id: string;
  readonly group: SectionGroup;
  readonly title: TextKey;
  /** Loaded when first opened. */
  readonly Content: ComponentType;
  /** Left out for coordinators. */
  readonly forAdministrators?: boolean;
};

const CalendarSection = lazy(() => import('./calendar/CalendarSection.tsx'));
const ImportSection = lazy(() => import('./import/ImportSection.tsx'));
const KeysSection = lazy(() => import('./keys/KeysSection.tsx'));
const FacultiesSection = lazy(() => import('./FacultiesSection.tsx'));
const CoursesSection = lazy(() => import('./Courses.tsx'));
const GroupsSection = lazy(() => import('./Groups.tsx'));

export const sections: readonly Section[] = [
  { id: 'calendar', group: 'time', title: 'university.calendar', Content: CalendarSection },
  { id: 'faculties', group: 'structure', title: 'university.faculties', Content: FacultiesSection },
  { id: 'courses', group: 'structure', title: 'university.courses', Content: () => <FacultiesFirst Content={CoursesSection} /> },
  { id: 'groups', group: 'structure', title: 'university.groups', Content: () => <FacultiesFirst Content={GroupsSection} /> },
  { id: 'import', group: 'data', title: 'university.import', Content: ImportSection },
  { id: 'keys', group: 'data', title: 'university.keys', Content: KeysSection, forAdministrators: true },
];
