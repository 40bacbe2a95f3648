// Chooses the moment: now, or any time of any day at which lessons begin.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dayKey, instantAt, useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ChevronLeftIcon, ChevronRightIcon } from '../../ui/icons.ts';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useTyped } from '../diagnosis/useTyped.ts';
import { nearestSlot, slotAt, slotsQuery, steppedSlot } from './slots.ts';

type SlotBarProps = { readonly at: number | undefined; readonly now: number; readonly onGo: (at: number | undefined) => void };

/** Stands among the ids of the slots. */
const present = 'now';

export function SlotBar({ at, now, onGo }: SlotBarProps) {
  const { t, time, timeRange } = useText();
  const client = useQueryClient();
  const shown = at ?? now;
  // A day without lessons is looked at too, though it has no moment to go to.
  const [emptyDay, setEmptyDay] = useState<string | null>(null);
  const day = emptyDay ?? dayKey(shown);
  const { data } = useQuery(slotsQuery(day));
  const slots = data?.slots ?? [];
  const chosen = at === undefined || emptyDay !== null ? undefined : slotAt(slots, at);
  const go = (next: number | undefined) => {
    setEmptyDay(null);
    onGo(next);
  };
  const goToDay = async (next: string) => {
    // The browser's field is empty while a date is being typed.
    if (next === '') return;
    const there = await client.fetchQuery(slotsQuery(next)).catch(() => null);
    if (there === null) return;
    const slot = nearestSlot(there.slots, instantAt(next, time(shown)));
    if (slot) go(slot.startsAt);
    else setEmptyDay(next);
  };
  const typedDay = useTyped(day, (next) => void goToDay(next));
  const stepped = { back: steppedSlot(slots, shown, -1), on: steppedSlot(slots, shown, 1) };
  return (
    <div className="situation-slots">
      <Button onPress={() => go(undefined)} aria-pressed={at === undefined}>
        {t('situation.now')}
      </Button>
      <TextField label={t('situation.day')} type="date" {...typedDay} className="situation-day" />
      <Select
        label={t('situation.slot')}
        options={[
          { id: present, label: slots.length === 0 && emptyDay !== null ? t('situation.slot.none') : t('situation.slot.now') },
          ...slots.map(({ startsAt, endsAt, lessons }) => ({
            id: String(startsAt),
            label: t('situation.slot.one', { span: timeRange(startsAt, endsAt), n: lessons }),
          })),
        ]}
        value={chosen === undefined ? present : String(chosen.startsAt)}
        onChange={(id) => go(id === present ? undefined : Number(id))}
        className="situation-slot"
      />
      <IconButton
        icon={ChevronLeftIcon}
        kind="plain"
        label={t('situation.slot.previous')}
        isDisabled={stepped.back === undefined}
        onPress={() => go(stepped.back?.startsAt)}
      />
      <IconButton
        icon={ChevronRightIcon}
        kind="plain"
        label={t('situation.slot.next')}
        isDisabled={stepped.on === undefined}
        onPress={() => go(stepped.on?.startsAt)}
      />
    </div>
  );
}
