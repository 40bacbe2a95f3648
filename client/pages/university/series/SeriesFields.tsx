// The fields of a weekly pattern: what, who, when, where.
import { useQuery } from '@tanstack/react-query';
import type { AcademicCalendar } from '../../../../server/contract/calendar.ts';
import { lessonRoutes } from '../../../../server/contract/routes-lessons.ts';
import { LessonKind, TeachingMode } from '../../../../server/contract/timetable.ts';
import { api } from '../../../app/api.ts';
import { useText } from '../../../i18n/index.ts';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { FindField } from '../../timetable/FindField.tsx';
import { FindMany } from '../../timetable/FindMany.tsx';
import { RulesFields } from '../../timetable/RulesFields.tsx';
import { SeriesWhen } from './SeriesWhen.tsx';
import { StreamChoice } from './StreamChoice.tsx';
import type { Draft } from './series.ts';
import '../../timetable/lesson.css';
import '../../timetable/NewLessonDialog.css';

export type SeriesFieldsProps = {
  readonly draft: Draft;
  readonly calendar: AcademicCalendar;
  readonly isNew: boolean;
  readonly onChange: (draft: Draft) => void;
};

export function SeriesFields(props: SeriesFieldsProps) {
  const { draft, calendar, isNew, onChange } = props;
  const { t } = useText();
  const choices = useQuery({ queryKey: ['timetable-choices'], queryFn: ({ signal }) => api(lessonRoutes.choices, { signal }) });
  const usual = choices.data?.defaults[draft.kind];
  const terms = calendar.years.flatMap((year) => year.terms.map((term) => ({ id: String(term.id), label: term.name, note: year.name })));
  return (
    <>
      <div className="calendar-pair">
        <FindField what="course" value={draft.course} onChange={(course) => onChange(withCourse(draft, course))} />
        <Select
          label={t('timetable.field.kind')}
          options={LessonKind.options.map((id) => ({ id, label: t(`timetable.kind.${id}`) }))}
          value={draft.kind}
          onChange={(kind) => onChange({ ...draft, kind, rules: null })}
        />
      </div>
      <TextField
        label={t('timetable.field.title')}
        value={draft.title}
        onChange={(title) => onChange({ ...draft, title })}
        maxLength={200}
        autoComplete="off"
      />
      <FindField what="teacher" value={draft.teacher} onChange={(teacher) => onChange({ ...draft, teacher })} />
      <FindMany
        what="group"
        label={t('series.groups')}
        addLabel={t('timetable.find.group')}
        picked={draft.groups}
        onChange={(groups) => onChange({ ...draft, groups })}
        noneText={t('series.noGroups')}
      />
      <StreamChoice picked={draft.streams} onChange={(streams) => onChange({ ...draft, streams })} />
      {isNew ? (
        <Select label={t('calendar.term')} options={terms} value={draft.termId} onChange={(termId) => onChange({ ...draft, termId })} />
      ) : null}
      <SeriesWhen {...props} />
      <div className="calendar-pair">
        <Select
          label={t('series.mode')}
          options={TeachingMode.options.map((id) => ({ id, label: t(`timetable.mode.${id}`) }))}
          value={draft.mode}
          onChange={(mode) => onChange({ ...draft, mode })}
        />
        {draft.mode === 'online' ? null : (
          <FindField what="place" optional value={draft.place} onChange={(place) => onChange({ ...draft, place })} />
        )}
      </div>
      {usual ? (
        <RulesFields usual={usual} rules={draft.rules} onChange={(rules) => onChange({ ...draft, rules })} capacityFault={undefined} />
      ) : null}
    </>
  );
}

/** Most weekly lessons are called as their course; a title of one's own stays. */
function withCourse(draft: Draft, course: Draft['course']): Draft {
  const isOwn = draft.title.trim() !== '' && draft.title !== draft.course?.name;
  return { ...draft, course, title: isOwn ? draft.title : (course?.name ?? '') };
}
