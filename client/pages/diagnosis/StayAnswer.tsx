// What a stay's trouble was, with its cause; the words to read out, and what to do next.
import type { Stay, Trouble } from '../../../server/contract/diagnosis.ts';
import { CopyButton } from '../../app/CopyButton.tsx';
import { useSession } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { SuccessIcon, WarningIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { type Next, nextOf, nextOfWell, sayOf } from './advice.ts';
import { DegreeChip } from './DegreeChip.tsx';
import { EvidenceList } from './EvidenceList.tsx';
import { causeWords, kindsWords, worstWords } from './words.ts';

type StayAnswerProps = { readonly stay: Stay; readonly trouble: Trouble | null; readonly onChoose: (from: number) => void };

export function StayAnswer({ stay, trouble, onChoose }: StayAnswerProps) {
  const texts = useText();
  const { hasRole } = useSession();
  const { t } = texts;
  const said = trouble ? sayOf(trouble, texts) : [t('diagnosis.say.none', { lesson: stay.lesson.title })];
  const next = trouble ? nextOf(trouble, hasRole('administrator'), texts) : nextOfWell(stay.person, texts);
  return (
    <>
      <section className="diagnosis-answer" data-kind={trouble ? 'found' : 'well'} aria-label={t('diagnosis.answer')}>
        {trouble ? <Found trouble={trouble} /> : <Well />}
        <Others troubles={stay.troubles.filter((one) => one.id !== trouble?.id)} onChoose={onChoose} />
      </section>
      <div className="diagnosis-beside">
        <section className="diagnosis-say">
          <h2>{t('diagnosis.say')}</h2>
          <blockquote>
            {said.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </blockquote>
          <CopyButton text={said.join(' ')} label={t('diagnosis.say.copy')} />
        </section>
        <section className="diagnosis-next">
          <h2>{t('diagnosis.next')}</h2>
          <ol>
            {next.map((step) => (
              <NextStep key={step.id} next={step} />
            ))}
          </ol>
        </section>
      </div>
    </>
  );
}

function Found({ trouble }: { readonly trouble: Trouble }) {
  const texts = useText();
  const { t, time } = texts;
  const to = trouble.isNow ? t('diagnosis.now') : time(trouble.to);
  return (
    <>
      <div className="diagnosis-sentence">
        <WarningIcon className="diagnosis-sign" />
        <h2>{t('diagnosis.stay.headline', { from: time(trouble.from), to, what: kindsWords(trouble, texts) })}</h2>
        <DegreeChip severity={trouble.severity} />
      </div>
      <p className="diagnosis-quiet">{worstWords(trouble.worst, texts).join('; ')}</p>
      <div className="diagnosis-cause">
        <p className="diagnosis-cause-head">
          <strong>{causeWords({ lead: trouble, people: 1 }, texts)}</strong>
        </p>
        <EvidenceList hint={trouble.hint} />
      </div>
    </>
  );
}

function Well() {
  const { t } = useText();
  return (
    <>
      <div className="diagnosis-sentence">
        <SuccessIcon className="diagnosis-sign" />
        <h2>{t('diagnosis.stay.well')}</h2>
      </div>
      <p>{t('diagnosis.stay.well.text')}</p>
    </>
  );
}

function Others({ troubles, onChoose }: { readonly troubles: Stay['troubles']; readonly onChoose: (from: number) => void }) {
  const texts = useText();
  const { t, timeRange } = texts;
  if (troubles.length === 0) return null;
  return (
    <>
      <h3>{t('diagnosis.stay.others')}</h3>
      <ul className="diagnosis-others">
        {troubles.map((trouble) => (
          <li key={trouble.id}>
            <Button size="small" onPress={() => onChoose(trouble.from)}>
              {timeRange(trouble.from, trouble.to)}
            </Button>
            <span>{kindsWords(trouble, texts)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function NextStep({ next: { title, text, link } }: { readonly next: Next }) {
  return (
    <li>
      {link === null ? <strong>{title}</strong> : <Link href={link}>{title}</Link>}
      <span className="diagnosis-quiet">{text}</span>
    </li>
  );
}
