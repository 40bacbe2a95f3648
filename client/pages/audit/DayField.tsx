// A day to choose, by the browser's own calendar.
import { TextField } from '../../ui/TextField.tsx';

interface DayFieldProps {
  readonly label: string;
  /** ISO date, or empty. */
  readonly value: string;
  readonly onChange: (day: string) => void;
}

export function DayField({ label, value, onChange }: DayFieldProps) {
  return <TextField type="date" label={label} value={value} onChange={onChange} className="audit-day" />;
}
