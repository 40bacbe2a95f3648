// Which students of a register are shown, and which of their figures.
import type { Register } from '../../../server/contract/attendance.ts';
import { useText } from '../../i18n/index.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { type View, views } from './columns.tsx';
import { type Filter, filtersOf } from './register-view.ts';
import { useWide } from './useWide.ts';

type FiltersProps = {
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly register: Register;
};

export function Filters({ filter, onFilter, view, onView, register }: FiltersProps) {
  const { t } = useText();
  // Cards show what matters of both.
  const hasViews = useWide();
  return (
    <div className="register-filters">
      <SearchField label={t('attendance.search')} value={filter.search} onChange={(search) => onFilter({ ...filter, search })} />
      <Select
        aria-label={t('attendance.filter')}
        options={filtersOf(register).map((id) => ({ id, label: t(`attendance.filter.${id}`) }))}
        value={filter.verdict}
        onChange={(verdict) => onFilter({ ...filter, verdict })}
      />
      {hasViews ? (
        <Segmented
          className="register-views"
          label={t('register.view')}
          options={views.map((id) => ({ id, label: t(`register.view.${id}`) }))}
          value={view}
          onChange={onView}
        />
      ) : null}
    </div>
  );
}
