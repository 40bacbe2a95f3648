// The fields of a rule, and what it says in plain sentences.
import type { z } from 'zod';
import type { RegisterRules } from '../../../../server/contract/attendance.ts';
import { LessonKind } from '../../../../server/contract/timetable.ts';
import { useText } from '../../../i18n/index.ts';
import { RadioGroup } from '../../../ui/RadioGroup.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Switch } from '../../../ui/Switch.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { FindField } from '../../timetable/FindField.tsx';
import { dayText } from '../calendar/calendar.ts';
import { RuleSentences } from './HoldingCard.tsx';
import { type Draft, ruleOf } from './rules.ts';

type RuleFieldsProps = {
  readonly draft: Draft;
  readonly isNew: boolean;
  readonly mayWrite: z.output<typeof RegisterRules>['mayWrite'];
  readonly onChange: (draft: Draft) => void;
};

export function RuleFields(props: RuleFieldsProps) {
  const { draft, onChange } = props;
  const { t, date } = useText();
  const wanted = ruleOf(draft);
  const number = (field: 'late' | 'share' | 'early' | 'forgive' | 'days' | 'fromShare' | 'missed') => (
    <TextField
      label={t(`rules.field.${field}`)}
      value={draft[field]}
      onChange={(value) => onChange({ ...draft, [field]: value })}
      inputMode="decimal"
      maxLength={6}
      autoComplete="off"
    />
  );
  return (
    <>
      <Where {...props} />
      <TextField
        label={t('rules.field.validFrom')}
        type="date"
        value={draft.validFrom}
        onChange={(validFrom) => onChange({ ...draft, validFrom })}
        help={
          draft.validFrom === '' ? t('rules.field.validFromHelp') : `${dayText(date, draft.validFrom)} – ${t('rules.field.validFromHelp')}`
        }
        className="rules-short"
      />
      <div className="rules-fields">
        {number('late')}
        {number('share')}
        {number('early')}
        {number('forgive')}
      </div>
      <RadioGroup
        label={t('rules.field.shareOf')}
        options={(['lesson', 'teacher'] as const).map((id) => ({
          id,
          label: t(`rules.shareOf.${id}`),
          note: t(`rules.shareOf.${id}Note`),
        }))}
        value={draft.shareOf}
        onChange={(shareOf) => onChange({ ...draft, shareOf })}
      />
      <RadioGroup
        label={t('rules.field.viewing')}
        options={(['apart', 'asynchronous'] as const).map((id) => ({ id, label: t(`rules.viewing.${id}`) }))}
        value={draft.viewing}
        onChange={(viewing) => onChange({ ...draft, viewing })}
      />
      {draft.viewing === 'asynchronous' ? (
        <div className="rules-fields">
          {number('fromShare')}
          {number('days')}
        </div>
      ) : null}
      <Switch isSelected={draft.checks} onChange={(checks) => onChange({ ...draft, checks })} note={t('rules.checksNote')}>
        {t('rules.checks')}
      </Switch>
      {draft.checks ? <div className="rules-fields">{number('missed')}</div> : null}
      <section className="rules-preview" aria-live="polite">
        <h3>{t('rules.words')}</h3>
        {wanted ? <RuleSentences rule={wanted.rule} /> : <p className="university-note">{t('rules.fault')}</p>}
      </section>
    </>
  );
}

function Where({ draft, isNew, mayWrite, onChange }: RuleFieldsProps) {
  const { t } = useText();
  const scopes = [...(mayWrite.university ? (['university', 'kind'] as const) : []), ...(mayWrite.courses ? (['course'] as const) : [])];
  if (!isNew) {
    const where =
      draft.of === 'kind'
        ? t('rules.ofKind', { kind: t(`timetable.kind.${draft.kind}`) })
        : draft.of === 'course'
          ? t('rules.ofCourse', { course: draft.course?.name ?? '' })
          : t('rules.of.university');
    return <p className="rules-where">{where}</p>;
  }
  return (
    <>
      <RadioGroup
        label={t('rules.field.where')}
        options={scopes.map((id) => ({ id, label: t(`rules.of.${id}`) }))}
        value={draft.of}
        onChange={(of) => onChange({ ...draft, of })}
      />
      {draft.of === 'kind' ? (
        <Select
          label={t('rules.field.kind')}
          options={LessonKind.options.map((id) => ({ id, label: t(`timetable.kind.${id}`) }))}
          value={draft.kind}
          onChange={(kind) => onChange({ ...draft, kind })}
          className="rules-short"
        />
      ) : null}
      {draft.of === 'course' ? (
        <FindField what="course" value={draft.course} onChange={(course) => onChange({ ...draft, course })} />
      ) : null}
    </>
  );
}
