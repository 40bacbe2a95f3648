// What can be changed on a lesson with one action, each in a window of its own.
import { useState } from 'react';
import type { Lesson } from '../../../../server/contract/timetable.ts';
import { usePerson } from '../../../app/session.tsx';
import { useText } from '../../../i18n/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { DeleteIcon, EditIcon, type Icon, MoveIcon, PeopleIcon, PlaceIcon, RestoreIcon, SubstituteIcon } from '../../../ui/icons.ts';
import { ChangeDialog } from './ChangeDialog.tsx';
import type { ChangeType } from './draft.ts';
import { mayArrange, offeredChanges } from './may.ts';
import './Change.css';

const icons: Readonly<Record<ChangeType, Icon>> = {
  move: MoveIcon,
  substitute: SubstituteIcon,
  place: PlaceIcon,
  groups: PeopleIcon,
  rename: EditIcon,
  cancel: DeleteIcon,
  restore: RestoreIcon,
};

export function ChangeButtons({ lesson, now }: { readonly lesson: Lesson; readonly now: number }) {
  const { t } = useText();
  const person = usePerson();
  const [open, setOpen] = useState<ChangeType | null>(null);
  const offered = offeredChanges(lesson, mayArrange(person, lesson.facultyId), now);
  if (offered.length === 0) return null;
  return (
    <section className="drawer-part">
      <h3>{t('timetable.change.title')}</h3>
      <div className="change-buttons">
        {offered.map((type) => (
          <Button key={type} icon={icons[type]} onPress={() => setOpen(type)}>
            {t(`timetable.change.${type}.short`)}
          </Button>
        ))}
      </div>
      {open ? <ChangeDialog key={open} lesson={lesson} type={open} now={now} onClose={() => setOpen(null)} /> : null}
    </section>
  );
}
