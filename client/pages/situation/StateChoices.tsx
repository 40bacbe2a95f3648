// How many lessons need someone, and are in each state; pressing one shows only these.
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useText } from '../../i18n/index.ts';
import { WarningIcon } from '../../ui/icons.ts';
import { Select } from '../../ui/Select.tsx';
import { useWide } from '../register/useWide.ts';
import { type Board, stateOrder } from './board.ts';
import type { StateChoice } from './filter.ts';
import { stateLooks } from './icons.ts';

type StateChoicesProps = {
  readonly counts: Board['counts'];
  readonly past: boolean;
  readonly value: StateChoice | undefined;
  readonly onChange: (state: StateChoice | undefined) => void;
};

const all = 'all';

export function StateChoices({ counts, past, value, onChange }: StateChoicesProps) {
  const { t, number } = useText();
  const isWide = useWide();
  const states = stateOrder.filter((state) => state === value || (counts.of.get(state) ?? 0) > 0);
  const choices = [
    { id: all, word: t('situation.all'), count: counts.all, icon: null, tone: 'neutral' },
    {
      id: 'needing',
      word: t(past ? 'situation.had' : 'situation.needs'),
      count: counts.needing,
      icon: counts.needing > 0 ? WarningIcon : null,
      tone: counts.needing > 0 ? 'danger' : 'neutral',
    },
    ...states.map((id) => ({ id, word: t(`situation.state.${id}`), count: counts.of.get(id) ?? 0, ...stateLooks[id] })),
  ] as const;
  const choose = (chosen: (typeof choices)[number] | undefined) => {
    if (chosen) onChange(chosen.id === all ? undefined : chosen.id);
  };
  if (!isWide) {
    // On a phone so many buttons would take the whole screen.
    return (
      <Select
        label={t('situation.show')}
        options={choices.map(({ id, word, count }) => ({ id, label: `${word} · ${number(count)}` }))}
        value={value ?? all}
        onChange={(id) => choose(choices.find((choice) => choice.id === id))}
      />
    );
  }
  return (
    <ToggleButtonGroup
      aria-label={t('situation.show')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value ?? all]}
      onSelectionChange={(keys) => choose(choices.find(({ id }) => keys.has(id)))}
      className="situation-choices"
    >
      {choices.map(({ id, word, count, icon: Sign, tone }) => (
        <ToggleButton
          key={id}
          id={id}
          aria-label={t('situation.count', { what: word, n: count })}
          className="situation-choice"
          data-tone={tone}
        >
          {Sign ? <Sign /> : null}
          <span>{word}</span>
          <span className="situation-count tabular">{number(count)}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
