// The way into a class.
import { useNavigate } from 'react-router';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { DoorIcon } from '../../ui/icons.ts';

type EnterButtonProps = {
  readonly lesson: Lesson;
  /** The one thing to press on the page. */
  readonly main?: boolean;
  /** Going back after the end. */
  readonly again?: boolean;
  /** Before its time, beside a class that runs. */
  readonly early?: boolean;
  /** Says to screen readers which class, where several stand beside each other. */
  readonly named?: boolean;
  readonly small?: boolean;
};

export function EnterButton({ lesson, main = false, again = false, early = false, named = false, small = false }: EnterButtonProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const words = t(again ? 'timetable.enterAgain' : early ? 'timetable.enterEarly' : 'timetable.enter');
  const name = named ? { 'aria-label': `${words}: ${lesson.title}` } : {};
  return (
    <Button
      {...name}
      kind={again || early ? 'plain' : 'primary'}
      size={main ? 'large' : small ? 'small' : 'normal'}
      icon={DoorIcon}
      onPress={() => void navigate(`/lessons/${lesson.id}`)}
    >
      {words}
    </Button>
  );
}
