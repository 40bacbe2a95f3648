// What is wrong in a trace, in words that name the place. Pure.
import type { TraceFault, TraceProof } from '../../../server/contract/evidence.ts';
import { instantAt, type Texts } from '../../i18n/index.ts';

type Words = Pick<Texts, 't' | 'date' | 'dateTime'>;

export function faultWords(fault: TraceFault, { t, date, dateTime }: Words): string {
  switch (fault.kind) {
    case 'entry-changed':
      return fault.at === null
        ? t('register.fault.entry-changed', { seq: fault.seq })
        : t('register.fault.entry-changed-at', { seq: fault.seq, at: dateTime(fault.at) });
    case 'cut-off':
      return t('register.fault.cut-off', { seq: fault.seq, sealed: fault.sealedSeq });
    case 'not-as-sealed':
      return t('register.fault.not-as-sealed', { seq: fault.seq, day: dayWords(fault.day, date) });
    case 'unreadable':
      return t('register.fault.unreadable', { line: fault.line });
    case 'personal-changed':
    case 'entry-missing':
    case 'entry-inserted':
    case 'out-of-order':
      return t(`register.fault.${fault.kind}`, { seq: fault.seq });
    default:
      return t(`register.fault.${fault.kind}`, { day: dayWords(fault.day, date) });
  }
}

function dayWords(day: string, date: Texts['date']): string {
  return date(instantAt(day, '12:00'));
}

/** What was checked, and what of it cannot be proven yet or any more. */
export function proofSentences(proof: TraceProof, { t }: Pick<Texts, 't'>): readonly string[] {
  const { ok, entries, unsealed, erased, expired } = proof;
  return [
    t(ok ? 'register.proof.entries' : 'register.proof.checked', { n: entries }),
    ...(unsealed > 0 ? [t('register.proof.unsealed', { n: unsealed })] : []),
    ...(erased > 0 ? [t('register.proof.erased', { n: erased })] : []),
    ...(expired > 0 ? [t('register.proof.expired', { n: expired })] : []),
  ];
}
