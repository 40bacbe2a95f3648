// The rule that a register follows, folded up, and where it comes from.
import type { Register } from '../../../server/contract/attendance.ts';
import { useText } from '../../i18n/index.ts';
import { ruleWords } from './rule-words.ts';

export function RuleText({ register: { rule, ruleScope } }: { readonly register: Pick<Register, 'rule' | 'ruleScope'> }) {
  const texts = useText();
  const { t } = texts;
  return (
    <details className="register-rule">
      <summary>
        {t('register.rule')}: {t(`register.rule.of.${ruleScope?.of ?? 'server'}`)}
      </summary>
      <ul>
        {ruleWords(rule, texts).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </details>
  );
}
