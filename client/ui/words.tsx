// The few words that components say by themselves; the application gives them in the language in force.
import { createContext, type ReactNode, use } from 'react';

export type UiWords = {
  readonly close: string;
  readonly cancel: string;
  readonly loading: string;
  readonly dismiss: string;
  readonly optional: string;
  readonly showPassword: string;
  readonly hidePassword: string;
};

const Words = createContext<UiWords | undefined>(undefined);

export function UiWordsProvider({ words, children }: { words: UiWords; children: ReactNode }) {
  return <Words value={words}>{children}</Words>;
}

export function useUiWords(): UiWords {
  const words = use(Words);
  if (!words) throw new Error('UiWordsProvider is missing');
  return words;
}
