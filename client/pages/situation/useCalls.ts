// Calls politely when there is new trouble: by voice of a screen reader, by a mark on the lesson, and by two soft notes where that is switched on.
import { useEffect, useRef, useState } from 'react';
import type { SituationLesson } from '../../../server/contract/situation.ts';
import { readStored, type Texts, useText, writeStored } from '../../i18n/index.ts';
import { announce } from '../../ui/live.ts';
import { callSoftly } from '../room/call-attention.ts';
import { fits } from './board.ts';
import { type Fresh, type Heard, listen, maySound } from './calls.ts';
import type { Filter } from './filter.ts';
import { troubleName } from './words.ts';

const storageKey = 'auditoria.situation.sound';
/** How long a lesson is marked as new. */
const markedMs = 60_000;
/** More of them are told as a number. */
const named = 3;

export type Sound = { readonly on: boolean; readonly set: (on: boolean) => void; readonly isBlocked: boolean };

/** Remembered on the device: a wall screen comes back with it after a power cut. */
export function useSound(): Sound {
  const [on, setOn] = useState(() => readStored(storageKey) === 'on');
  const set = (next: boolean) => {
    setOn(next);
    writeStored(storageKey, next ? 'on' : undefined);
    if (next) callSoftly();
  };
  return { on, set, isBlocked: on && !navigator.userActivation?.hasBeenActive };
}

type Watch = {
  /** All of them; undefined while they are not known, or belong to the past. */
  readonly lessons: readonly SituationLesson[] | undefined;
  readonly filter: Filter;
  readonly now: number;
  readonly withSound: boolean;
};

export type Called = {
  /** To be marked as new. */
  readonly marked: ReadonlySet<string>;
  /** How often it was called so far. */
  readonly times: number;
};

export function useCalls({ lessons, filter, now, withSound }: Watch): Called {
  const texts = useText();
  const heard = useRef<Heard | null>(null);
  const soundedAt = useRef<number | null>(null);
  const [called, setCalled] = useState<{ readonly at: ReadonlyMap<string, number>; readonly times: number }>({ at: new Map(), times: 0 });
  useEffect(() => {
    if (!lessons) {
      heard.current = null;
      return;
    }
    const { heard: next, fresh } = listen({ heard: heard.current, lessons, isWatched: (lesson) => fits(lesson, filter), now });
    heard.current = next;
    if (fresh.length === 0) return;
    announce(callWords(fresh, texts));
    setCalled(({ at, times }) => ({
      at: new Map([...at, ...fresh.map(({ lesson }) => [lesson.lessonId, now] as const)]),
      times: times + 1,
    }));
    if (!withSound || !maySound(soundedAt.current, now)) return;
    soundedAt.current = now;
    callSoftly();
  }, [lessons, filter, now, texts, withSound]);
  const marked = new Set([...called.at].filter(([, at]) => now - at < markedMs).map(([id]) => id));
  return { marked, times: called.times };
}

function callWords(fresh: readonly Fresh[], texts: Texts): string {
  const { t } = texts;
  const said = fresh.map(({ lesson, trouble }) => ({ what: troubleName(trouble, texts), title: lesson.title }));
  const [only] = said;
  if (only && said.length === 1) return t('situation.call.one', only);
  const list = said.slice(0, named).map(({ what, title }) => `${what}, ${title}`);
  if (said.length > named) list.push(t('situation.call.more', { n: said.length - named }));
  return t('situation.call.many', { n: said.length, list: list.join('; ') });
}
