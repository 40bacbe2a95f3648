// The first and the last day of something, each in words below its field.
import { useText } from '../../../i18n/index.ts';
import { TextField } from '../../../ui/TextField.tsx';
import { dayText } from './calendar.ts';

type SpanFieldsProps = {
  readonly first: string;
  readonly last: string;
  readonly onChange: (span: { readonly first: string; readonly last: string }) => void;
};

export function SpanFields({ first, last, onChange }: SpanFieldsProps) {
  const { t, date } = useText();
  const inWords = (day: string) => (day === '' ? undefined : dayText(date, day));
  return (
    <div className="calendar-pair">
      <TextField
        label={t('calendar.field.first')}
        type="date"
        value={first}
        // A span that begins later than it ends is never meant.
        onChange={(day) => onChange({ first: day, last: last === '' || last < day ? day : last })}
        help={inWords(first)}
      />
      <TextField
        label={t('calendar.field.last')}
        type="date"
        value={last}
        onChange={(day) => onChange({ first, last: day })}
        help={inWords(last)}
      />
    </div>
  );
}
