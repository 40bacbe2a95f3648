// Steps through days or weeks, and back to today.
import { addDays, useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ChevronLeftIcon, ChevronRightIcon } from '../../ui/icons.ts';

type TimetableStepsProps = {
  readonly by: 'day' | 'week';
  readonly day: string;
  readonly today: string;
  readonly onGo: (day: string) => void;
};

export function TimetableSteps({ by, day, today, onGo }: TimetableStepsProps) {
  const { t } = useText();
  const week = by === 'week';
  const step = week ? 7 : 1;
  return (
    <div className="timetable-bar-steps">
      <IconButton
        icon={ChevronLeftIcon}
        kind="plain"
        label={t(week ? 'timetable.previousWeek' : 'timetable.previousDay')}
        onPress={() => onGo(addDays(day, -step))}
      />
      <Button onPress={() => onGo(today)}>{t(week ? 'timetable.thisWeek' : 'timetable.today')}</Button>
      <IconButton
        icon={ChevronRightIcon}
        kind="plain"
        label={t(week ? 'timetable.nextWeek' : 'timetable.nextDay')}
        onPress={() => onGo(addDays(day, step))}
      />
    </div>
  );
}
