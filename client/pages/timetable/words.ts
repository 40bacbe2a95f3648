// A lesson's place and what differs from its plan, in words.
import type { Lesson } from '../../../server/contract/timetable.ts';
import { dayKey, type Texts } from '../../i18n/index.ts';

export type Mark = Lesson['marks'][number];
type Words = Pick<Texts, 't' | 'time' | 'dateTime'>;

/** 301, Main building. */
export function placeName(place: { readonly name: string; readonly building: string }): string {
  return [place.name, place.building].filter(Boolean).join(', ');
}

/** Where the people of a lesson are; undefined where all are in the browser, as is usual here. */
export function placeWords({ place, mode }: Pick<Lesson, 'place' | 'mode'>, { t }: Pick<Words, 't'>): string | undefined {
  if (mode === 'online') return undefined;
  const where = place ? placeName(place) : t(`timetable.mode.${mode}`);
  return mode === 'hybrid' && place ? t('timetable.placeAndOnline', { place: where }) : where;
}

export function markWords(mark: Mark, startsAt: number, { t, time, dateTime }: Words): string {
  switch (mark.type) {
    case 'moved':
      return t('timetable.mark.moved', { from: dayKey(mark.from) === dayKey(startsAt) ? time(mark.from) : dateTime(mark.from) });
    case 'substituted':
      return t('timetable.mark.substituted', { name: mark.teacherName });
    case 'place-changed':
      return mark.from === null ? t('timetable.mark.placeGiven') : t('timetable.mark.placeChanged', { from: mark.from });
    case 'groups-changed':
      return t('timetable.mark.groupsChanged');
  }
}
