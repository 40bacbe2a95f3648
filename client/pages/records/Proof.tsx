// What a proof found: that all is as it was written, or what is not, and where.
import type { TraceFault, TraceProof } from '../../../server/contract/evidence.ts';
import { instantAt, type Texts, useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';

export function Proof({ proof, title }: { readonly proof: TraceProof; readonly title: string }) {
  const texts = useText();
  const { t, number, dateTime } = texts;
  const more = [
    proof.unsealed > 0 && t('records.proof.unsealed', { n: proof.unsealed }),
    proof.erased > 0 && t('records.proof.erased', { n: proof.erased }),
    proof.expired > 0 && t('records.proof.expired', { n: proof.expired }),
  ].filter((line) => line !== false);
  return (
    <Banner tone={proof.ok ? 'good' : 'danger'} title={`${title}: ${t(proof.ok ? 'records.proof.ok' : 'records.proof.broken')}`}>
      <p className="records-line">
        {t('records.proof.read', {
          entries: number(proof.entries),
          lessons: number(proof.lessons),
          days: number(proof.days),
          at: dateTime(proof.checkedAt),
        })}
      </p>
      {more.map((line) => (
        <p key={line} className="records-line">
          {line}
        </p>
      ))}
      {proof.faults.length > 0 ? (
        <ul className="records-faults">
          {proof.faults.map((fault) => (
            <li key={JSON.stringify(fault)}>{faultWords(fault, texts)}</li>
          ))}
        </ul>
      ) : null}
    </Banner>
  );
}

/** Which entry, or which day, and what is wrong with it. */
export function faultWords(fault: TraceFault, { t, date }: Pick<Texts, 't' | 'date'>): string {
  const values = {
    lesson: 'lessonId' in fault ? fault.lessonId : '',
    seq: 'seq' in fault ? fault.seq : 0,
    day: 'day' in fault ? date(instantAt(fault.day, '12:00'), 'long') : '',
    key: 'keyId' in fault ? fault.keyId : '',
    sealed: 'sealedSeq' in fault ? fault.sealedSeq : 0,
    line: 'line' in fault ? fault.line : 0,
  };
  return t(`records.fault.${fault.kind}`, values);
}
