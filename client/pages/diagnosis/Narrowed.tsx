// To whom and what the search is narrowed down, each to be taken off again.
import type { Trouble, TroubleOverview } from '../../../server/contract/diagnosis.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { CloseIcon } from '../../ui/icons.ts';
import type { Asked } from './asked.ts';
import type { Go } from './useAsked.ts';

type NarrowedProps = {
  readonly asked: Asked;
  readonly troubles: readonly Trouble[];
  readonly lessons: TroubleOverview['lessons'];
  readonly onGo: Go;
};

export function Narrowed({ asked, troubles, lessons, onGo }: NarrowedProps) {
  const { t } = useText();
  const person = troubles.find(({ person: { id } }) => id === asked.person)?.person.name ?? t('diagnosis.onePerson');
  const of = lessons.map(({ lesson }) => lesson).find(({ id }) => id === asked.lesson);
  const lesson = of ?? troubles.find((trouble) => trouble.lesson.id === asked.lesson)?.lesson;
  const only = [
    ...(asked.person ? [{ what: t('diagnosis.only.person', { name: person }), change: { person: undefined } }] : []),
    ...(asked.lesson
      ? [{ what: t('diagnosis.only.lesson', { name: lesson?.title ?? t('diagnosis.oneLesson') }), change: { lesson: undefined } }]
      : []),
  ];
  if (only.length === 0) return null;
  return (
    <ul className="diagnosis-only">
      {only.map(({ what, change }) => (
        <li key={what}>
          <Button size="small" icon={CloseIcon} aria-label={t('diagnosis.only.remove', { what })} onPress={() => onGo(change)}>
            {what}
          </Button>
        </li>
      ))}
    </ul>
  );
}
