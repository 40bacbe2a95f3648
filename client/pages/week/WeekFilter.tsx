// Chooses whose week is shown, and which kind of lessons.
import { LessonKind } from '../../../server/contract/timetable.ts';
import { useText } from '../../i18n/index.ts';
import { Select } from '../../ui/Select.tsx';
import { FindField } from '../timetable/FindField.tsx';
import type { Found } from '../timetable/find.ts';
import { type Filter, findables } from './filter.ts';

type WeekFilterProps = {
  readonly filter: Filter;
  readonly chosen: Found | null;
  readonly go: (change: Partial<Filter>) => void;
  readonly onChoose: (found: Found | null) => void;
};

export function WeekFilter({ filter, chosen, go, onChoose }: WeekFilterProps) {
  const { t } = useText();
  return (
    <search className="week-filter">
      <Select
        label={t('timetable.whole.by')}
        options={findables.map((id) => ({ id, label: t(`timetable.find.${id}`) }))}
        value={filter.what}
        onChange={(what) => go({ what, id: undefined, day: undefined })}
      />
      <FindField key={filter.what} what={filter.what} value={chosen} onChange={onChoose} className="week-filter-find" />
      <Select
        label={t('timetable.field.kind')}
        options={[
          { id: 'any', label: t('timetable.whole.anyKind') },
          ...LessonKind.options.map((id) => ({ id, label: t(`timetable.kind.${id}`) })),
        ]}
        value={filter.kind ?? 'any'}
        onChange={(kind) => go({ kind: kind === 'any' ? undefined : LessonKind.parse(kind) })}
      />
    </search>
  );
}
