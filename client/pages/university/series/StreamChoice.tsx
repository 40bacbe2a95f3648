// The streams of a weekly pattern, chosen from those there are.
import { useQuery } from '@tanstack/react-query';
import { catalogueRoutes } from '../../../../server/contract/routes-catalogue.ts';
import { api } from '../../../app/api.ts';
import { useText } from '../../../i18n/index.ts';
import { ComboBox } from '../../../ui/ComboBox.tsx';
import { PickedList } from '../../../ui/PickedList.tsx';
import type { Found } from '../../timetable/find.ts';

/** Streams are few: as many as one answer holds. */
const most = 200;

export function StreamChoice({
  picked,
  onChange,
}: {
  readonly picked: readonly Found[];
  readonly onChange: (picked: readonly Found[]) => void;
}) {
  const { t } = useText();
  const { data } = useQuery({
    queryKey: ['university', 'streams', 'all'],
    queryFn: ({ signal }) => api(catalogueRoutes.streams, { query: { limit: most }, signal }),
  });
  const offered = (data?.streams ?? []).filter(({ id }) => !picked.some((one) => one.id === id));
  if (picked.length === 0 && offered.length === 0) return null;
  return (
    <fieldset className="find-many">
      <legend>{t('university.streams')}</legend>
      <PickedList
        label={t('university.streams')}
        picked={picked}
        removeLabel={(name) => t('timetable.find.remove', { name })}
        onRemove={(id) => onChange(picked.filter((one) => one.id !== id))}
      />
      {offered.length > 0 ? (
        <ComboBox
          key={picked.length}
          label={t('series.addStream')}
          optional
          options={offered.map(({ id, name, groups }) => ({
            id: String(id),
            label: name,
            note: groups.map((group) => group.name).join(', '),
          }))}
          value={null}
          onChange={(id) => {
            const stream = offered.find((one) => one.id === id);
            if (stream) onChange([...picked, { id: stream.id, name: stream.name, detail: '' }]);
          }}
          empty={t('timetable.new.noMatch')}
        />
      ) : null}
    </fieldset>
  );
}
