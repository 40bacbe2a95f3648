// The time that is left until an instant, as a running clock.
import { useEffect, useState } from 'react';

export type CountdownProps = {
  /** Milliseconds since 1970. */
  readonly until: number;
  /** Turns the milliseconds left, never below zero, into words or digits. */
  readonly format: (leftMs: number) => string;
  /** Called once when the time has come. */
  readonly onEnd?: () => void;
  /** How far the server's clock is ahead of this one. */
  readonly clockAheadMs?: number;
};

export function Countdown({ until, format, onEnd, clockAheadMs = 0 }: CountdownProps) {
  const left = useTimeLeft(until - clockAheadMs, onEnd);
  // Not a live region: a clock that speaks each second would drown all else.
  return (
    <span role="timer" className="tabular">
      {format(left)}
    </span>
  );
}

function useTimeLeft(until: number, onEnd: (() => void) | undefined): number {
  const [left, setLeft] = useState(() => Math.max(0, until - Date.now()));
  const ended = left === 0;

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const now = Math.max(0, until - Date.now());
      setLeft(now);
      // Wakes just after the next whole second of what is left, so that no second is skipped or shown twice.
      if (now > 0) timer = setTimeout(tick, (now % 1000) + 5);
    };
    tick();
    return () => clearTimeout(timer);
  }, [until]);

  useEffect(() => {
    if (ended) onEnd?.();
  }, [ended, onEnd]);

  return left;
}
