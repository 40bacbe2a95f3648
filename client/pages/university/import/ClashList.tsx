// What a file puts at the same time with the same teacher, group or room: a warning, with the lines to look at.
import type { ImportClash, ImportClashes } from '../../../../server/contract/import.ts';
import { useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';

/** As far as the server counts. */
const mostCounted = 10_000;
/** More would push away what is to be decided. */
const opened = 5;

export function ClashList({ clashes: { total, list } }: { readonly clashes: ImportClashes }) {
  const { t, number } = useText();
  const title = t('import.clashes', { n: total });
  return (
    <section aria-label={title} className="import-clashes">
      <Banner tone="warn" title={title}>
        {t('import.clashes.note')} {total >= mostCounted ? t('import.clashes.many', { n: number(mostCounted) }) : null}
      </Banner>
      <details className="import-samples" open={list.length <= opened}>
        <summary>{total > list.length ? t('import.clashes.first', { n: list.length }) : t('import.clashes.all')}</summary>
        <ol>
          {list.map((clash) => (
            <li key={`${sideKey(clash.first)} ${sideKey(clash.second)}`}>
              <Clash clash={clash} />
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}

function Clash({ clash: { over, first, second, startsAt, endsAt, days } }: { readonly clash: ImportClash }) {
  const { t, date, timeRange } = useText();
  return (
    <>
      <strong>{over.map(({ what, name }) => t(`timetable.conflict.${what}`, { name })).join('; ')}</strong>
      <p className="university-note">
        {date(startsAt, 'day')}, {timeRange(startsAt, endsAt)} · {t('import.clashes.days', { n: days })}
      </p>
      <ul>
        <li>
          <Side side={first} />
        </li>
        <li>
          <Side side={second} />
        </li>
      </ul>
    </>
  );
}

function Side({ side: { title, teacher, groups, line, externalId } }: { readonly side: ImportClash['first'] }) {
  const { t } = useText();
  const where = line === null ? t('import.clashes.there') : t('import.clashes.line', { n: line });
  return [title, teacher, groups.join(', '), externalId, where].filter(Boolean).join(' · ');
}

function sideKey({ table, line, externalId, title }: ImportClash['first']): string {
  return `${table} ${line} ${externalId} ${title}`;
}
