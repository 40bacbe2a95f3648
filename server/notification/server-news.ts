// News of the server itself, for administrators: that space runs out, that the next hours will be heavy. As events, and in words.
import type { CapacityPeak } from '../contract/capacity.ts';
import type { Instant } from '../contract/ids.ts';
import type { NotificationDetail, NotificationKind, SpaceNews } from '../contract/notification.ts';
import { formatDate, formatSpan } from '../texts/dates.ts';
import { localeTags, type TextKey } from '../texts/texts.ts';
import type { NotificationEvent } from './notification.ts';
import type { Fact, Words } from './words.ts';

/** N11: told to administrators, and of no lesson. */
export const kindsOfServer = ['space-low', 'capacity-near'] as const satisfies readonly NotificationKind[];
export type KindOfServer = (typeof kindsOfServer)[number];

export function isOfServer(kind: string): kind is KindOfServer {
  return kindsOfServer.some((each) => each === kind);
}

const nothing = {
  title: '',
  courseTitle: '',
  from: null,
  before: null,
  after: null,
  place: null,
  teacherName: '',
  note: '',
  recordingId: null,
};
const common = { lessonId: '', byId: null, meant: {} };

/** The same all day: what goes up and down at the border of a level is told once. */
export function spaceEvent(space: SpaceNews, at: Instant): NotificationEvent {
  const day = new Date(at).toISOString().slice(0, 10);
  return {
    ...{ ...common, id: `space-low:${space.level}:${day}`, type: 'space-low', at },
    detail: { ...nothing, startsAt: at, endsAt: at, space },
  };
}

/** The same for a peak that begins at the same time, also after a restart. */
export function capacityEvent(peak: CapacityPeak, at: Instant): NotificationEvent {
  const { startsAt, endsAt } = peak;
  return {
    ...{ ...common, id: `capacity-near:${peak.level}:${startsAt}`, type: 'capacity-near', at },
    detail: { ...nothing, startsAt, endsAt, capacity: peak },
  };
}

export interface ServerNews {
  readonly headline: string;
  readonly lead: string;
  readonly facts: readonly Fact[];
  /** Where it is looked after: a path of the client, and the words of the link to it. */
  readonly path: string;
  readonly link: TextKey;
  /** A later push with the same tag takes the place of this. */
  readonly tag: string;
}

/** Throws when the detail does not say what the kind promises. */
export function serverNewsOf(kind: KindOfServer, { space, capacity }: NotificationDetail, words: Words): ServerNews {
  const { t, language } = words;
  const number = (value: number, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(localeTags[language], options).format(value);
  switch (kind) {
    case 'space-low': {
      if (!space) throw new Error('There is no news of space');
      const free = number(space.freeBytes / 1_000_000_000, { style: 'unit', unit: 'gigabyte', maximumFractionDigits: 1 });
      return {
        ...{ headline: t(`space.${space.level}`), lead: t(`space.lead.${space.level}`), facts: [{ name: t('space.free'), value: free }] },
        ...{ path: '/storage', link: 'space.open', tag: 'space' },
      };
    }
    case 'capacity-near': {
      if (!capacity) throw new Error('There is no news of capacity');
      const time = formatDate(language, 'time', capacity.startsAt, words.timeZone);
      const facts = [
        {
          name: t('capacity.when'),
          value: `${formatDate(language, 'day', capacity.startsAt, words.timeZone)}, ${formatSpan(language, capacity, words.timeZone)}`,
        },
        { name: t('capacity.people'), value: number(capacity.people, {}) },
        { name: t('capacity.share'), value: number(capacity.share, { style: 'percent', maximumFractionDigits: 0 }) },
      ];
      return {
        ...{ headline: t(`capacity.${capacity.level}`, { time }), lead: t(`capacity.lead.${capacity.level}`), facts },
        ...{ path: '/status', link: 'capacity.open', tag: 'capacity' },
      };
    }
  }
}
