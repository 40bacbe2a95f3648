// Which IANA zone is meant by the name that a program wrote: its own prefixes, Windows' names, an offset in words.
import windows from './windows-zones.json' with { type: 'json' };
import { fixedZone, ianaZone, type Zone } from './zone.ts';

/** By CLDR (windowsZones, territory 001). */
const windowsZones: ReadonlyMap<string, string> = new Map(Object.entries(windows).map(([name, zone]) => [name.toLowerCase(), zone]));
/** Places that Windows names in its lists, like "(UTC+05:00) Astana", where the offset alone would be an old one. */
const places: readonly (readonly [RegExp, string])[] = [
  [/astana|nur-?sultan|almaty|алматы|астана/i, 'Asia/Almaty'],
  [/qyzylorda|kyzylorda|қызылорда|кызылорда/i, 'Asia/Qyzylorda'],
  [/aqtobe|aktobe|ақтөбе|актобе/i, 'Asia/Aqtobe'],
  [/bishkek|бишкек/i, 'Asia/Bishkek'],
  [/tashkent|ташкент/i, 'Asia/Tashkent'],
  [/moscow|москва/i, 'Europe/Moscow'],
];
const kazakhZones = /^Asia\/(Almaty|Qostanay|Qyzylorda|Aqtobe|Aqtau|Atyrau|Oral)$/;

/** `home` is the university's zone. Null when the name says nothing. */
export function zoneByName(name: string, home: string): Zone | null {
  const trimmed = name.trim().replace(/^"|"$/g, '');
  const windowsName = trimmed.toLowerCase();
  // Windows called Kazakhstan's time so until 2024, and files from before that, or from machines not brought up to date, still do.
  if (windowsName === 'central asia standard time' && kazakhZones.test(home)) return ianaZone(home);
  const mapped = windowsZones.get(windowsName);
  if (mapped !== undefined) return ianaZone(mapped);
  // /freeassociation.sourceforge.net/Tzfile/Asia/Almaty, /mozilla.org/20070129_1/Europe/Berlin, America/Indiana/Knox.
  const segments = trimmed.split('/').filter((segment) => segment !== '');
  for (const length of [3, 2, 1]) {
    if (length > segments.length) continue;
    const zone = ianaZone(segments.slice(-length).join('/').replace(/ /g, '_'));
    if (zone) return zone;
  }
  return byOffset(trimmed);
}

/** "(UTC+05:00) Astana", "GMT +0500", "UTC+5". */
function byOffset(name: string): Zone | null {
  const [, sign, hours, minutes, rest = ''] = /^\(?(?:UTC|GMT) ?([+-])(\d{1,2}):?(\d{2})?\)?(.*)$/i.exec(name) ?? [];
  if (sign === undefined || Number(hours) > 14) return /^\(UTC\)/.test(name) ? fixedZone(0) : null;
  const place = places.find(([pattern]) => pattern.test(rest));
  if (place) return ianaZone(place[1]);
  return fixedZone((sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0)) * 60_000);
}
