// The bell schedules side by side.
import type { BellSchedule } from '../../../../server/contract/calendar.ts';
import { useText } from '../../../i18n/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { AddIcon } from '../../../ui/icons.ts';

type BellsProps = {
  readonly schedules: readonly BellSchedule[];
  readonly mayEdit: boolean;
  readonly onSchedule: (schedule: BellSchedule | null) => void;
};

export function Bells({ schedules, mayEdit, onSchedule }: BellsProps) {
  const { t } = useText();
  return (
    <Card
      title={t('calendar.bells')}
      actions={
        mayEdit ? (
          <Button size="small" icon={AddIcon} onPress={() => onSchedule(null)}>
            {t('calendar.bells.add')}
          </Button>
        ) : undefined
      }
    >
      {schedules.length === 0 ? <p className="university-note">{t('calendar.bells.none')}</p> : null}
      <div className="calendar-schedules">
        {schedules.map((schedule) => (
          <section key={schedule.id} className="calendar-schedule" aria-label={schedule.name}>
            <header>
              <h3>{schedule.name}</h3>
              {schedule.isDefault ? <Chip>{t('calendar.bells.default')}</Chip> : null}
              {mayEdit ? (
                <Button size="small" kind="quiet" onPress={() => onSchedule(schedule)}>
                  {t('calendar.edit')}
                </Button>
              ) : null}
            </header>
            <ol className="calendar-bell-list">
              {schedule.bells.map(({ number, startsAt, endsAt }) => (
                <li key={number}>
                  <span className="calendar-bell-number">{number}</span>
                  <span className="calendar-bell-time">
                    {startsAt}–{endsAt}
                  </span>
                </li>
              ))}
            </ol>
          </section>
        ))}
      </div>
    </Card>
  );
}
