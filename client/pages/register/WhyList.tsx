// Why the verdict is what it is: the reasons in the order in which they were weighed.
import type { AttendanceRule, RegisterRow } from '../../../server/contract/attendance.ts';
import { useText } from '../../i18n/index.ts';
import { AbsentIcon, type Icon, InfoIcon, SuccessIcon } from '../../ui/icons.ts';
import { verdictLooks } from './VerdictChip.tsx';
import { type Weight, whyWeight, whyWords } from './why-words.ts';

const signs: Readonly<Record<Weight, Icon>> = { for: SuccessIcon, against: AbsentIcon, neutral: InfoIcon };

type WhyListProps = {
  readonly row: Pick<RegisterRow, 'why' | 'correction' | 'computed'>;
  readonly rule: AttendanceRule;
  readonly headingLevel: 2 | 3;
};

export function WhyList({ row, rule, headingLevel }: WhyListProps) {
  const Heading = `h${headingLevel}` as const;
  const texts = useText();
  const { t, dateTime } = texts;
  const { correction, computed } = row;
  const reasons = row.why.filter(({ code }) => code !== 'corrected');
  return (
    <section className="register-part">
      <Heading className="register-part-title">{t('register.why')}</Heading>
      {correction ? (
        <div className="register-correction">
          <p>
            {t('register.corrected', {
              computed: t(verdictLooks[computed].word),
              verdict: t(verdictLooks[correction.verdict].word),
            })}
          </p>
          <blockquote>{correction.reason}</blockquote>
          <p className="register-quiet">{byWords(correction.byName, dateTime(correction.at))}</p>
          {reasons.length > 0 ? <p className="register-quiet">{t('register.computedWhy')}</p> : null}
        </div>
      ) : null}
      <ul className="register-why">
        {reasons.map((reason) => {
          const weight = whyWeight(reason);
          const Sign = signs[weight];
          return (
            <li key={reason.code} className={`register-why-${weight}`}>
              <Sign aria-hidden="true" />
              <span>{whyWords(reason, rule.shareOf, texts)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The name is missing when the person's data were removed. */
export function byWords(name: string, when: string): string {
  return [name, when].filter(Boolean).join(' · ');
}
