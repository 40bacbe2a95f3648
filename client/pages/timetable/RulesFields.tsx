// The rules of a lesson's room: those usual for its kind, open to change.
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { RadioGroup } from '../../ui/RadioGroup.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { Rules } from './new-lesson.ts';
import { capabilities } from './RulesWords.tsx';

type RulesFieldsProps = {
  readonly usual: Rules;
  /** Null: as usual. */
  readonly rules: Rules | null;
  readonly onChange: (rules: Rules | null) => void;
  readonly capacityFault: string | undefined;
};

export function RulesFields({ usual, rules, onChange, capacityFault }: RulesFieldsProps) {
  const { t } = useText();
  const now = rules ?? usual;
  const change = (part: Partial<Rules>) => onChange({ ...now, ...part });
  return (
    <details className="rules" open={capacityFault ? true : undefined}>
      <summary className="rules-summary">
        <span>{t('timetable.new.rules')}</span>
        <Chip tone={rules ? 'accent' : 'neutral'}>{t(rules ? 'timetable.new.rulesOwn' : 'timetable.new.rulesDefault')}</Chip>
      </summary>
      <div className="rules-body">
        <fieldset className="rules-students">
          <legend>{t('timetable.rules.students')}</legend>
          <div className="rules-students-list">
            {capabilities.map((capability) => (
              <Checkbox
                key={capability}
                isSelected={now.students[capability]}
                onChange={(on) => change({ students: { ...now.students, [capability]: on } })}
              >
                {t(`timetable.rules.${capability}`)}
              </Checkbox>
            ))}
          </div>
          <p className="drawer-note">{t('timetable.rules.studentsNote')}</p>
        </fieldset>
        <div className="new-lesson-halves">
          <RadioGroup
            label={t('timetable.rules.lobby')}
            options={(['outsiders', 'everyone'] as const).map((id) => ({ id, label: t(`timetable.rules.lobby.${id}`) }))}
            value={now.lobby}
            onChange={(lobby) => change({ lobby })}
          />
          <RadioGroup
            label={t('timetable.rules.recording')}
            options={(['manual', 'always', 'never'] as const).map((id) => ({ id, label: t(`timetable.rules.recording.${id}`) }))}
            value={now.recording}
            onChange={(recording) => change({ recording })}
          />
        </div>
        {now.recording === 'never' ? null : (
          <Switch isSelected={now.rewind} onChange={(rewind) => change({ rewind })}>
            {t('timetable.rules.rewind')}
          </Switch>
        )}
        <Switch isSelected={now.guests} onChange={(guests) => change({ guests })}>
          {t('timetable.rules.guests')}
        </Switch>
        <TextField
          label={t('timetable.rules.capacity')}
          type="number"
          inputMode="numeric"
          value={Number.isNaN(now.capacity) ? '' : String(now.capacity)}
          onChange={(text) => change({ capacity: text === '' ? Number.NaN : Number(text) })}
          fault={capacityFault}
          className="rules-capacity"
        />
        {rules ? (
          <div>
            <Button kind="quiet" onPress={() => onChange(null)}>
              {t('timetable.new.rulesReset')}
            </Button>
          </div>
        ) : null}
      </div>
    </details>
  );
}
