// What proving a trace gave, in words: nothing was changed, or what and where.
import type { TraceProof } from '../../../server/contract/evidence.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { faultWords, proofSentences } from './proof-words.ts';

export function ProofResult({ proof }: { readonly proof: TraceProof }) {
  const texts = useText();
  const { t, dateTime } = texts;
  const faults = proof.faults.map((fault) => faultWords(fault, texts));
  return (
    <Banner
      tone={proof.ok ? 'good' : 'danger'}
      announce={proof.ok ? 'polite' : 'assertive'}
      title={t(proof.ok ? 'register.proof.ok' : 'register.proof.broken')}
    >
      {proofSentences(proof, texts).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {faults.length > 0 ? (
        <ul className="register-faults">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      ) : null}
      <p className="register-quiet">{t('register.proof.at', { at: dateTime(proof.checkedAt) })}</p>
    </Banner>
  );
}
