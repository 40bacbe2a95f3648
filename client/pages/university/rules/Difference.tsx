// What a rule would change in registers that are judged already: how many, from what to what, and some by name.
import type { z } from 'zod';
import type { RuleDifference } from '../../../../server/contract/attendance.ts';
import { useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { ArrowRightIcon } from '../../../ui/icons.ts';
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx';
import { VerdictChip } from '../../register/VerdictChip.tsx';

export function Difference({ difference }: { readonly difference: z.output<typeof RuleDifference> }) {
  const { t, dateTime } = useText();
  const { lessons, signedLessons, students, changed, moves, samples, whole } = difference;
  return (
    <section className="rules-difference">
      <Banner tone={changed > 0 ? 'warn' : 'info'} announce="polite" title={t('rules.difference.changed', { n: changed })}>
        <p>{t('rules.difference.read', { lessons, students })}</p>
        {signedLessons > 0 ? <p>{t('rules.difference.signed', { n: signedLessons })}</p> : null}
        {whole ? null : <p>{t('rules.difference.part')}</p>}
      </Banner>
      {moves.length > 0 ? (
        <ul className="rules-moves">
          {moves.map(({ from, to, count }) => (
            <li key={`${from} ${to}`}>
              <Move from={from} to={to} />
              <span className="tabular">{t('rules.difference.times', { n: count })}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {samples.length > 0 ? (
        <>
          <h3>{t('rules.difference.samples')}</h3>
          <ul className="rules-samples">
            {samples.map(({ lessonId, personId, name, title, startsAt, from, to }) => (
              <li key={`${lessonId} ${personId}`}>
                <span>
                  {name}
                  <span className="university-note">
                    {title}, {dateTime(startsAt)}
                  </span>
                </span>
                <Move from={from} to={to} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

type MoveProps = Pick<z.output<typeof RuleDifference>['moves'][number], 'from' | 'to'>;

function Move({ from, to }: MoveProps) {
  const { t } = useText();
  return (
    <span className="rules-move">
      <VerdictChip verdict={from} />
      <ArrowRightIcon aria-hidden="true" />
      <VisuallyHidden>{t('rules.difference.to')}</VisuallyHidden>
      <VerdictChip verdict={to} />
    </span>
  );
}
