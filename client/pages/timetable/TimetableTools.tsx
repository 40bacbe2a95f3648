// Takes the timetable elsewhere: onto paper, or into the calendar of a phone or computer.
import { useState } from 'react';
import { useText } from '../../i18n/index.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { CalendarAddIcon, PrintIcon } from '../../ui/icons.ts';
import { FeedDialog } from './FeedDialog.tsx';
import { type Printed, printAddress } from './print.ts';

type TimetableToolsProps = {
  /** Undefined: nothing that the server could print; the browser prints the page. */
  readonly printed: Printed | undefined;
  /** Any day of the week. */
  readonly week: string;
};

export function TimetableTools({ printed, week }: TimetableToolsProps) {
  const { t, language } = useText();
  const [open, setOpen] = useState(false);
  return (
    <div className="timetable-tools">
      {printed ? (
        <ButtonLink className="timetable-tool" icon={PrintIcon} href={printAddress(printed, week, language)} target="_blank" rel="noopener">
          {t('timetable.print')}
        </ButtonLink>
      ) : (
        <Button className="timetable-tool" icon={PrintIcon} onPress={() => window.print()}>
          {t('timetable.print')}
        </Button>
      )}
      <Button className="timetable-tool" icon={CalendarAddIcon} onPress={() => setOpen(true)}>
        {t('timetable.feed.button')}
      </Button>
      {open ? <FeedDialog onClose={() => setOpen(false)} /> : null}
    </div>
  );
}
