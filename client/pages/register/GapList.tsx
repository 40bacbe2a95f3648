// Each gap in somebody's presence, with what is known of why.
import type { Gap, RegisterRow } from '../../../server/contract/attendance.ts';
import { useText } from '../../i18n/index.ts';
import { gapEvidence, gapHead } from './gap-words.ts';

type GapListProps = {
  readonly row: Pick<RegisterRow, 'gaps' | 'lapses'>;
  readonly final: boolean;
  readonly headingLevel: 2 | 3;
};

export function GapList({ row: { gaps, lapses }, final, headingLevel }: GapListProps) {
  const Heading = `h${headingLevel}` as const;
  const { t } = useText();
  if (gaps.length + lapses.length === 0) return null;
  return (
    <section className="register-part">
      <Heading className="register-part-title">{t('register.gaps')}</Heading>
      {gaps.length > 0 ? (
        <ol className="register-gaps">
          {gaps.map((gap) => (
            <GapItem key={gap.from} gap={gap} final={final} />
          ))}
        </ol>
      ) : null}
      {lapses.length > 0 ? (
        <details className="register-lapses">
          <summary>{t('register.lapses', { n: lapses.length })}</summary>
          <ol className="register-gaps">
            {lapses.map((gap) => (
              <GapItem key={gap.from} gap={gap} final={final} />
            ))}
          </ol>
        </details>
      ) : null}
    </section>
  );
}

function GapItem({ gap, final }: { readonly gap: Gap; readonly final: boolean }) {
  const texts = useText();
  const { t, time, timeRange, duration } = texts;
  return (
    <li className={`register-gap register-gap-${gap.kind}`}>
      <p>
        <span className="register-gap-time tabular">
          {gap.to === null ? time(gap.from) : `${timeRange(gap.from, gap.to)} · ${duration(gap.to - gap.from)}`}
        </span>{' '}
        <strong className="register-gap-head">{gapHead(gap, texts)}</strong>
      </p>
      {gap.to === null ? <p>{t(final ? 'register.gap.notBack' : 'register.gap.notBackYet')}</p> : null}
      {gapEvidence(gap, texts).map((sentence) => (
        <p key={sentence} className="register-quiet">
          {sentence}
        </p>
      ))}
    </li>
  );
}
