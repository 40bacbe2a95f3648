// What speaks for a cause.
import type { Hint } from '../../../server/contract/diagnosis.ts';
import { useText } from '../../i18n/index.ts';
import { evidenceWords } from './words.ts';

export function EvidenceList({ hint }: { readonly hint: Hint }) {
  const texts = useText();
  const sentences = evidenceWords(hint, texts);
  if (sentences.length === 0) return null;
  return (
    <ul className="diagnosis-evidence" aria-label={texts.t('diagnosis.evidence')}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
