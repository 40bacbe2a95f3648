// The lessons of the board: those that need someone, how the faculties fare, and the rest by state.
import type { Situation } from '../../../server/contract/situation.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CalendarIcon, SearchIcon } from '../../ui/icons.ts';
import { type Board, fits, type Moment } from './board.ts';
import { FacultyTallies } from './FacultyTallies.tsx';
import { type Filter, narrows, nothingChosen } from './filter.ts';
import { LessonRows } from './LessonRows.tsx';
import { TroubleCard } from './TroubleCard.tsx';

type BoardPartsProps = {
  readonly situation: Situation;
  readonly board: Board;
  readonly filter: Filter;
  readonly moment: Moment;
  /** The lessons with new trouble. */
  readonly marked: ReadonlySet<string>;
  readonly go: (change: Partial<Filter>) => void;
};

export function BoardParts({ situation, board, filter, moment, marked, go }: BoardPartsProps) {
  const { t } = useText();
  const { counts } = board;
  const faculties = new Map<string, string>(situation.faculties.map(({ id, name }) => [id, name]));
  return (
    <>
      {board.needing.length > 0 ? (
        <section className="situation-needing">
          <h2>{t(moment.past ? 'situation.had' : 'situation.needs')}</h2>
          <ul className="situation-cards">
            {board.needing.map((lesson) => (
              <TroubleCard
                key={lesson.lessonId}
                lesson={lesson}
                faculty={faculties.get(lesson.facultyId)}
                moment={moment}
                isNew={marked.has(lesson.lessonId)}
              />
            ))}
          </ul>
        </section>
      ) : null}
      {counts.all > 0 && counts.needing === 0 && filter.state === undefined ? (
        <Banner tone="good" title={moment.past ? undefined : t('situation.allWell.title')}>
          {moment.past ? t('situation.allWell.past') : t('situation.allWell.text', { n: counts.of.get('running') ?? 0 })}
        </Banner>
      ) : null}
      {filter.faculty === undefined && filter.state === undefined ? (
        <FacultyTallies
          lessons={situation.lessons.filter((lesson) => fits(lesson, filter))}
          faculties={situation.faculties}
          moment={moment}
          onChoose={(faculty) => go({ faculty })}
        />
      ) : null}
      {board.rest.map((part) => (
        <LessonRows key={part.state} {...part} faculties={faculties} moment={moment} isAsked={filter.state === part.state} />
      ))}
      {board.shown === 0 ? <Nothing filter={filter} onClear={() => go(nothingChosen)} /> : null}
    </>
  );
}

function Nothing({ filter, onClear }: { readonly filter: Filter; readonly onClear: () => void }) {
  const { t } = useText();
  if (!narrows(filter)) {
    return (
      <EmptyState icon={CalendarIcon} title={t('situation.empty.title')}>
        {t('situation.empty.text')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchIcon}
      title={t('situation.emptyFilter.title')}
      action={<Button onPress={onClear}>{t('situation.clear')}</Button>}
    >
      {t('situation.emptyFilter.text')}
    </EmptyState>
  );
}
