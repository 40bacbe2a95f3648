// The answer in one sentence, and below it what lies behind it with what speaks for it.
import { useEffect, useRef } from 'react';
import type { Cause } from '../../../server/contract/diagnosis.ts';
import { useText } from '../../i18n/index.ts';
import { Chip } from '../../ui/Chip.tsx';
import { PeopleIcon, SuccessIcon, WarningIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import type { Answer, Group } from './answer.ts';
import type { Span } from './asked.ts';
import { EvidenceList } from './EvidenceList.tsx';
import { answerWords, causeWords } from './words.ts';

type AnswerViewProps = {
  readonly answer: Answer;
  readonly span: Span;
  /** What was asked; null while the answer to something else still stands. */
  readonly question: string | null;
};

export function AnswerView({ answer, span, question }: AnswerViewProps) {
  const texts = useText();
  const { t } = texts;
  const sentence = answerWords(answer, span, texts);
  useSaidOnce(question === null ? null : `${question} ${answer.kind}`, sentence);
  const [first, ...rest] = answer.kind === 'found' ? answer.groups : [];
  const Sign = answer.kind === 'well' ? SuccessIcon : answer.kind === 'found' ? WarningIcon : PeopleIcon;
  return (
    <section className="diagnosis-answer" data-kind={answer.kind} aria-label={t('diagnosis.answer')}>
      <div className="diagnosis-sentence">
        <Sign className="diagnosis-sign" />
        <h2>{sentence}</h2>
      </div>
      {answer.kind === 'nobody-there' ? <p className="diagnosis-quiet">{t('diagnosis.answer.nobody-there.text')}</p> : null}
      {first ? (
        <div className="diagnosis-cause">
          <CauseHead group={first} />
          <EvidenceList hint={first.lead.hint} />
        </div>
      ) : null}
      {rest.length > 0 ? (
        <>
          <h3>{t('diagnosis.answer.more')}</h3>
          <ul className="diagnosis-causes">
            {rest.map((group) => (
              <li key={group.key}>
                <CauseHead group={group} />
                <EvidenceList hint={group.lead.hint} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

function CauseHead({ group }: { readonly group: Group }) {
  const texts = useText();
  return (
    <p className="diagnosis-cause-head">
      <strong>{causeWords(group, texts)}</strong>
      {uncounted.has(group.cause) ? <Chip icon={PeopleIcon}>{texts.t('diagnosis.answer.people', { n: group.people })}</Chip> : null}
    </p>
  );
}

/** Neither what is said of these nor what speaks for them says how many people they hit. */
const uncounted: ReadonlySet<Cause> = new Set(['teacher-line', 'server', 'unclear']);

/** Not each time it is asked for again, which is every few seconds. */
function useSaidOnce(about: string | null, sentence: string): void {
  const said = useRef('');
  useEffect(() => {
    if (about === null || said.current === about) return;
    said.current = about;
    announce(sentence);
  }, [about, sentence]);
}
