// What judges in one scope: the rule that holds now in sentences, those to come, and those before.
import type { AttendanceRule, RegisterRule } from '../../../../server/contract/attendance.ts';
import { useText } from '../../../i18n/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { DeleteIcon, EditIcon } from '../../../ui/icons.ts';
import { ruleWords } from '../../register/rule-words.ts';
import { dayText } from '../calendar/calendar.ts';
import type { Holding } from './rules.ts';
import { scopeWords } from './scope-words.ts';

type HoldingCardProps = {
  readonly holding: Holding;
  /** What holds while no rule of this scope does. */
  readonly fallback: AttendanceRule;
  readonly mayWrite: boolean;
  readonly onChange: (from: AttendanceRule) => void;
  readonly onRemove: (rule: RegisterRule) => void;
};

export function HoldingCard({ holding, fallback, mayWrite, onChange, onRemove }: HoldingCardProps) {
  const { t, date } = useText();
  const { now, coming, past } = holding;
  const isWidest = holding.scope.of === 'university';
  const dated = (rule: RegisterRule) => (
    <li key={rule.id}>
      <div className="rules-dated">
        <span>{t('rules.from', { day: dayText(date, rule.validFrom) })}</span>
        {mayWrite ? (
          <IconButton
            icon={DeleteIcon}
            size="small"
            label={t('rules.remove', { day: dayText(date, rule.validFrom) })}
            onPress={() => onRemove(rule)}
          />
        ) : null}
      </div>
      <RuleSentences rule={rule.rule} />
    </li>
  );
  return (
    <Card
      title={scopeWords(holding, t)}
      level={3}
      actions={
        mayWrite ? (
          <>
            {now ? (
              <IconButton
                icon={DeleteIcon}
                label={t('rules.remove', { day: dayText(date, now.validFrom) })}
                onPress={() => onRemove(now)}
              />
            ) : null}
            <Button icon={EditIcon} onPress={() => onChange(now?.rule ?? fallback)}>
              {t('rules.change')}
            </Button>
          </>
        ) : null
      }
    >
      <div className="rules-now">
        <p>
          <Chip tone={now ? 'good' : 'neutral'}>
            {now ? t('rules.since', { day: dayText(date, now.validFrom) }) : t(isWidest ? 'rules.byServer' : 'rules.byWider')}
          </Chip>{' '}
          {now?.changedBy ? <span className="university-note">{t('rules.by', { name: now.changedBy })}</span> : null}
        </p>
        {now || isWidest ? <RuleSentences rule={now?.rule ?? fallback} /> : null}
      </div>
      {coming.length > 0 ? <ul className="rules-list">{coming.map(dated)}</ul> : null}
      {past.length > 0 ? (
        <details className="rules-past">
          <summary>{t('rules.past', { n: past.length })}</summary>
          <ul className="rules-list">{past.map(dated)}</ul>
        </details>
      ) : null}
    </Card>
  );
}

export function RuleSentences({ rule }: { readonly rule: AttendanceRule }) {
  const texts = useText();
  return (
    <ul className="rules-sentences">
      {ruleWords(rule, texts).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
