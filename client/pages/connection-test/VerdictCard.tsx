// The answer: whether classes will work, what holds the line back, and what to do about each.
import type { TestResult } from '../../../server/contract/connection-test.ts';
import { judge } from '../../../server/contract/connection-verdict.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';

const tones = { video: 'good', sound: 'warn', none: 'danger' } as const;

export function VerdictCard({ result }: { readonly result: TestResult }) {
  const { t } = useText();
  const { verdict, hindrances } = judge(result);
  return (
    <Banner tone={tones[verdict]} announce="polite" className="connection-verdict" title={t(`connection.verdict.${verdict}`)}>
      <p>{t(`connection.verdict.${verdict}.text`)}</p>
      {hindrances.length > 0 ? (
        <ul className="connection-hindrances">
          {hindrances.map((hindrance) => (
            <li key={hindrance}>{t(`connection.hindrance.${hindrance}`)}</li>
          ))}
        </ul>
      ) : null}
      {result.lacks.includes('screen') ? <p className="connection-quiet">{t('connection.noScreen')}</p> : null}
    </Banner>
  );
}
