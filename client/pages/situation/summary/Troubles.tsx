// Which kinds of trouble there were, and which lessons had them.
import { type SituationLesson, type SituationSummary, TroubleKind } from '../../../../server/contract/situation.ts';
import { useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Link } from '../../../ui/Link.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { toneOf } from '../board.ts';
import { stateLooks, troubleIcons } from '../icons.ts';
import { TeacherFact } from '../LessonFacts.tsx';
import { TroubleList } from '../TroubleList.tsx';

export function TroubleKinds({ summary: { total } }: { readonly summary: SituationSummary }) {
  const { t, number } = useText();
  const kinds = TroubleKind.options.filter((kind) => total.troubles[kind] > 0);
  const most = Math.max(1, ...kinds.map((kind) => total.troubles[kind]));
  return (
    <section className="summary-section">
      <h2>{t('situation.summary.troubles')}</h2>
      {kinds.length === 0 ? <p className="situation-quiet">{t('situation.summary.noTrouble')}</p> : null}
      <ul className="summary-kinds">
        {kinds.map((kind) => {
          const Sign = troubleIcons[kind];
          const n = total.troubles[kind];
          return (
            <li key={kind} className="summary-kind" data-tone={toneOf(kind)}>
              <Sign />
              <span className="summary-kind-name">{t(`situation.trouble.${kind}`)}</span>
              <span className="summary-bar" aria-hidden="true">
                <span style={{ inlineSize: `${(n / most) * 100}%` }} />
              </span>
              <span className="summary-kind-count tabular">
                {number(n)}
                <span className="visually-hidden"> {t('situation.lessons', { n })}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Each with what happened, by start. */
export function TroubledLessons({ summary: { troubled, more, to } }: { readonly summary: SituationSummary }) {
  const { t, date, timeRange } = useText();
  if (troubled.length === 0) return null;
  const columns: Column<SituationLesson>[] = [
    {
      id: 'when',
      title: t('situation.summary.when'),
      cell: ({ startsAt, endsAt }) => (
        <span className="summary-when tabular">
          {date(startsAt, 'dayMonth')}
          <span className="situation-quiet">{timeRange(startsAt, endsAt)}</span>
        </span>
      ),
    },
    {
      id: 'lesson',
      title: t('situation.summary.lesson'),
      isRowHeader: true,
      cell: ({ lessonId, title, course }) => (
        <span className="summary-lesson">
          <Link href={`/lessons/${lessonId}/register`}>{title}</Link>
          <span className="situation-quiet">{course.title}</span>
        </span>
      ),
    },
    { id: 'teacher', title: t('situation.summary.teacher'), cell: (lesson) => <TeacherFact lesson={lesson} /> },
    { id: 'what', title: t('situation.summary.what'), cell: (lesson) => <WhatHappened lesson={lesson} /> },
  ];
  return (
    <section className="summary-section">
      <h2>{t('situation.summary.list')}</h2>
      <Table key={to} label={t('situation.summary.list')} columns={columns} rows={troubled} rowKey={({ lessonId }) => lessonId} />
      {more ? <Banner tone="info">{t('situation.summary.more')}</Banner> : null}
    </section>
  );
}

function WhatHappened({ lesson: { state, troubles, title } }: { readonly lesson: SituationLesson }) {
  const { t } = useText();
  const Sign = stateLooks[state].icon;
  return (
    <span className="summary-what">
      {state === 'not-held' ? (
        <span className="situation-trouble" data-tone="danger">
          <Sign />
          <strong>{t('situation.state.not-held')}</strong>
        </span>
      ) : null}
      {troubles.length > 0 ? <TroubleList troubles={troubles} title={title} now={Number.POSITIVE_INFINITY} /> : null}
    </span>
  );
}
