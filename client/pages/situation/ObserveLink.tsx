// One click into a class that runs: for those who watch over it as silent observers, for its teacher as the teacher.
import type { SituationLesson } from '../../../server/contract/situation.ts';
import { usePerson } from '../../app/session.tsx';
import { useText } from '../../i18n/index.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { DoorIcon, EyeIcon } from '../../ui/icons.ts';

/** Says beforehand who will be told (W69). */
export const toldId = 'situation-told';

export function ObserveLink({ lesson }: { readonly lesson: SituationLesson }) {
  const { t } = useText();
  const { id } = usePerson();
  const { lessonId, title, teacher, state, mayObserve } = lesson;
  // Who teaches observes nothing, and their door is open while the lesson is due.
  const isOwn = teacher.id === id;
  if (isOwn ? state !== 'running' && state !== 'not-begun' : !mayObserve) return null;
  const does = isOwn ? 'enter' : 'observe';
  return (
    <ButtonLink
      size="small"
      icon={does === 'enter' ? DoorIcon : EyeIcon}
      href={`/lessons/${lessonId}`}
      aria-label={t(`situation.${does}.one`, { title })}
      {...(does === 'observe' ? { 'aria-describedby': toldId } : {})}
    >
      {t(`situation.${does}`)}
    </ButtonLink>
  );
}
