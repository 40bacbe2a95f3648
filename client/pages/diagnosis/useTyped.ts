// A field whose text goes into the address once one pauses typing, and which follows the address when that changes otherwise.
import { useEffect, useRef, useState } from 'react';

const pauseMs = 300;

export function useTyped(value: string, onSettle: (text: string) => void) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (known !== value) {
    setKnown(value);
    // What was typed meanwhile is newer than what has just arrived in the address.
    if (typed.trim() !== value && !typed.trim().startsWith(value)) setTyped(value);
    if (value === '') setTyped('');
  }
  const onChange = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSettle(text.trim()), pauseMs);
  };
  return { value: typed, onChange };
}
