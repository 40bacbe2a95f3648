// Fields of study in words. A university may name further ones in its settings; those are shown as they are written there.
import type { TextKey, Texts } from '../../i18n/index.ts';

const words: Readonly<Record<string, TextKey>> = {
  other: 'university.fieldOfStudy.other',
  teaching: 'university.fieldOfStudy.teaching',
  law: 'university.fieldOfStudy.law',
  choreography: 'university.fieldOfStudy.choreography',
  'instrumental-performance': 'university.fieldOfStudy.instrumental-performance',
  aviation: 'university.fieldOfStudy.aviation',
  construction: 'university.fieldOfStudy.construction',
  'marine-engineering': 'university.fieldOfStudy.marine-engineering',
  health: 'university.fieldOfStudy.health',
  military: 'university.fieldOfStudy.military',
  veterinary: 'university.fieldOfStudy.veterinary',
  'academic-mobility': 'university.fieldOfStudy.academic-mobility',
  college: 'university.fieldOfStudy.college',
  'double-degree': 'university.fieldOfStudy.double-degree',
  exchange: 'university.fieldOfStudy.exchange',
};

export function fieldName(t: Texts['t'], field: string): string {
  const key = words[field];
  return key ? t(key) : field;
}
