// The player over the whole screen: the page is, with the player over all of it, so that menus and dialogs stay in sight.
import { useCallback, useEffect, useState } from 'react';

export function useFullScreen() {
  const [isOn, setIsOn] = useState(false);
  useEffect(() => {
    const onChange = () => {
      if (document.fullscreenElement === null) setIsOn(false);
    };
    const onKey = (event: KeyboardEvent) => {
      // Where there is no full screen of the browser's, nobody else hears this key.
      if (event.key === 'Escape' && document.fullscreenElement === null && !event.defaultPrevented) setIsOn(false);
    };
    document.addEventListener('fullscreenchange', onChange);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  useEffect(() => {
    document.documentElement.classList.toggle('has-full-player', isOn);
    return () => document.documentElement.classList.remove('has-full-player');
  }, [isOn]);
  useEffect(() => () => void leave(), []);
  const toggle = useCallback(() => {
    setIsOn(!isOn);
    // Refused where it was not a press of the person's, and unknown to phones by Apple: then the player fills the window.
    if (isOn) void leave();
    else document.documentElement.requestFullscreen?.().catch(() => undefined);
  }, [isOn]);
  return { isOn, toggle };
}

async function leave(): Promise<void> {
  if (document.fullscreenElement === document.documentElement) await document.exitFullscreen().catch(() => undefined);
}
