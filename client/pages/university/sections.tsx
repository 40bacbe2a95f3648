// What the page of the university is made of: one line per section, in the order in which it is listed.
import { type ComponentType, lazy } from 'react';
import type { TextKey } from '../../i18n/index.ts';
import { FacultiesFirst } from './FacultiesFirst.tsx';

export type SectionGroup = 'time' | 'structure' | 'attendance' | 'data';

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

const ExcusalsSection = lazy(() => import('./excusals/ExcusalsSection.tsx'));
const RulesSection = lazy(() => import('./rules/RulesSection.tsx'));
const CalendarSection = lazy(() => import('./calendar/CalendarSection.tsx'));
const ImportSection = lazy(() => import('./import/ImportSection.tsx'));
const KeysSection = lazy(() => import('./keys/KeysSection.tsx'));
const SeriesSection = lazy(() => import('./series/SeriesSection.tsx'));
const DepartmentsSection = lazy(() => import('./Departments.tsx'));
const ProgrammesSection = lazy(() => import('./Programmes.tsx'));
const StreamsSection = lazy(() => import('./Streams.tsx'));
const PlacesSection = lazy(() => import('./Places.tsx'));
const FacultiesSection = lazy(() => import('./FacultiesSection.tsx'));
const CoursesSection = lazy(() => import('./Courses.tsx'));
const GroupsSection = lazy(() => import('./Groups.tsx'));

export const sections: readonly Section[] = [
  { id: 'calendar', group: 'time', title: 'university.calendar', Content: CalendarSection },
  { id: 'series', group: 'time', title: 'university.series', Content: SeriesSection },
  { id: 'faculties', group: 'structure', title: 'university.faculties', Content: FacultiesSection },
  {
    id: 'departments',
    group: 'structure',
    title: 'university.departments',
    Content: () => <FacultiesFirst Content={DepartmentsSection} />,
  },
  { id: 'programmes', group: 'structure', title: 'university.programmes', Content: () => <FacultiesFirst Content={ProgrammesSection} /> },
  { id: 'courses', group: 'structure', title: 'university.courses', Content: () => <FacultiesFirst Content={CoursesSection} /> },
  { id: 'groups', group: 'structure', title: 'university.groups', Content: () => <FacultiesFirst Content={GroupsSection} /> },
  { id: 'streams', group: 'structure', title: 'university.streams', Content: () => <FacultiesFirst Content={StreamsSection} /> },
  { id: 'places', group: 'structure', title: 'university.places', Content: PlacesSection },
  { id: 'rules', group: 'attendance', title: 'rules.title', Content: RulesSection },
  { id: 'excusals', group: 'attendance', title: 'excusals.title', Content: ExcusalsSection },
  { id: 'import', group: 'data', title: 'university.import', Content: ImportSection },
  { id: 'keys', group: 'data', title: 'university.keys', Content: KeysSection, forAdministrators: true },
];
