// What a notification says below its title: times, names and the reason, each on a line.
import type { Notification } from '../../server/contract/notification.ts';
import type { Texts } from '../i18n/useText.ts';

type Words = Pick<Texts, 't' | 'date' | 'number' | 'timeRange'>;

export function linesOf({ kind, detail }: Pick<Notification, 'kind' | 'detail'>, { t, date, number, timeRange }: Words): string[] {
  if (detail.space) {
    const gigabytes = { style: 'unit', unit: 'gigabyte', maximumFractionDigits: 1 } as const;
    return [t('notification.spaceFree', { size: number(detail.space.freeBytes / 1e9, gigabytes) })];
  }
  const { capacity } = detail;
  const when = ({ startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number }) =>
    `${date(startsAt, 'day')}, ${timeRange(startsAt, endsAt)}`;
  if (capacity) {
    const share = number(capacity.share, { style: 'percent', maximumFractionDigits: 0 });
    return [when(capacity), t('notification.capacityFigures', { people: capacity.people, share })];
  }
  const { before, after, from, note } = detail;
  const swapped = before !== null || after !== null;
  const lines = from ? [t('notification.was', { time: when(from) }), t('notification.now', { time: when(detail) })] : [when(detail)];
  if (kind === 'teacher-substituted' && after !== null) lines.push(before === null ? after : t('notification.instead', { before, after }));
  if ((kind === 'place-changed' || kind === 'lesson-moved') && swapped)
    lines.push(t('notification.place', { place: after ?? t('notification.placeNone') }));
  if (note !== '') lines.push(t('notification.reason', { note }));
  return lines;
}
