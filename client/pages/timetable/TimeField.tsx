// A time of day on a 24-hour clock, whatever clock the browser keeps; 9, 930 and 9.30 are understood.
import { useState } from 'react';
import { TextField } from '../../ui/TextField.tsx';
import { readTime } from './read-time.ts';

type TimeFieldProps = {
  readonly label: string;
  /** HH:MM, or what is being typed. */
  readonly value: string;
  readonly onChange: (time: string) => void;
  readonly fault: string | undefined;
};

export function TimeField({ label, value, onChange, fault }: TimeFieldProps) {
  const [typing, setTyping] = useState<string>();
  const finish = () => {
    if (typing !== undefined) onChange(readTime(typing) ?? typing);
    setTyping(undefined);
  };
  return (
    <TextField
      label={label}
      value={typing ?? value}
      onChange={setTyping}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        // Other keys are not ours: Escape closes the window around the field.
        event.continuePropagation();
      }}
      fault={fault}
      inputMode="numeric"
      placeholder="09:00"
      maxLength={5}
      autoComplete="off"
    />
  );
}
