// How a person wants to watch: kept on this device, the same for all recordings.
import { useCallback, useState } from 'react';
import { z } from 'zod';
import { readStored, writeStored } from '../../i18n/index.ts';
import { savers, speeds } from '../../player/state.ts';
import { layouts } from './stage-plan.ts';

const key = 'player';

const Wishes = z.object({
  layout: z.enum(layouts).catch('screen'),
  saver: z.enum(savers).catch('all'),
  speed: z.literal(speeds).catch(1),
  skipsSilence: z.boolean().catch(false),
});
export type Wishes = z.infer<typeof Wishes>;

function read(): Wishes {
  try {
    return Wishes.parse(JSON.parse(readStored(key) ?? '{}'));
  } catch {
    return Wishes.parse({});
  }
}

export function useWishes(): readonly [Wishes, (changed: Partial<Wishes>) => void] {
  const [wishes, setWishes] = useState(read);
  const change = useCallback((changed: Partial<Wishes>) => {
    setWishes((before) => {
      const next = { ...before, ...changed };
      writeStored(key, JSON.stringify(next));
      return next;
    });
  }, []);
  return [wishes, change];
}
