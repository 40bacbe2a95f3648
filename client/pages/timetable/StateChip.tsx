// Where a lesson stands, in a word with a sign.
import { useText } from '../../i18n/index.ts';
import { Chip } from '../../ui/Chip.tsx';
import { AbsentIcon, ActivityIcon, CheckIcon, ClockIcon, DoorIcon, type Icon } from '../../ui/icons.ts';
import type { LessonState } from './lesson-state.ts';

const looks = {
  planned: { tone: 'neutral', icon: ClockIcon },
  'door-open': { tone: 'accent', icon: DoorIcon },
  running: { tone: 'accent', icon: ActivityIcon },
  closing: { tone: 'neutral', icon: CheckIcon },
  over: { tone: 'neutral', icon: CheckIcon },
  cancelled: { tone: 'warn', icon: AbsentIcon },
} as const satisfies Record<LessonState, { tone: string; icon: Icon }>;

export function StateChip({ state }: { readonly state: LessonState }) {
  const { t } = useText();
  return (
    <Chip tone={looks[state].tone} icon={looks[state].icon}>
      {t(`timetable.state.${state}`)}
    </Chip>
  );
}
