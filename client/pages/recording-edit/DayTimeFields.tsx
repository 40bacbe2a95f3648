// Two fields for one moment, which may be left empty.
import { useText } from '../../i18n/index.ts';
import { TextField } from '../../ui/TextField.tsx';
import type { DayTime } from './day-time.ts';

type DayTimeFieldsProps = {
  readonly label: string;
  readonly value: DayTime;
  readonly onChange: (value: DayTime) => void;
  readonly fault?: string | undefined;
};

export function DayTimeFields({ label, value, onChange, fault }: DayTimeFieldsProps) {
  const { t } = useText();
  return (
    <div className="recording-edit-moment">
      <TextField type="date" label={label} value={value.day} onChange={(day) => onChange({ ...value, day })} fault={fault} />
      <TextField
        type="time"
        aria-label={t('recording-edit.timeOf', { what: label })}
        value={value.time}
        onChange={(time) => onChange({ ...value, time })}
        isDisabled={value.day === ''}
      />
    </div>
  );
}
