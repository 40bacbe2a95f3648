// Keeps a screen that nobody touches from going dark, where the browser can.
import { useEffect } from 'react';

export function useAwake(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return;
    let isOver = false;
    let lock: WakeLockSentinel | null = null;
    const ask = async () => {
      if (document.hidden || isOver) return;
      // Refused on a battery that runs low: the screen then sleeps as its owner has set it.
      const next = await navigator.wakeLock.request('screen').catch(() => null);
      if (isOver) void next?.release();
      else lock = next;
    };
    // The browser takes it back whenever the page is out of sight.
    document.addEventListener('visibilitychange', ask);
    void ask();
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', ask);
      void lock?.release();
    };
  }, []);
}
