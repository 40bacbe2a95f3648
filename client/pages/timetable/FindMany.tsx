// Several groups, found one after the other by typing.
import { useState } from 'react';
import type { FacultyId } from '../../../server/contract/ids.ts';
import { useText } from '../../i18n/index.ts';
import { PickedList } from '../../ui/PickedList.tsx';
import { FindField } from './FindField.tsx';
import type { Findable, Found } from './find.ts';

type FindManyProps = {
  readonly what: Findable;
  readonly label: string;
  readonly addLabel: string;
  readonly picked: readonly Found[];
  readonly onChange: (picked: readonly Found[]) => void;
  /** What it means that none is chosen. */
  readonly noneText: string;
  readonly facultyId?: FacultyId | undefined;
};

export function FindMany({ what, label, addLabel, picked, onChange, noneText, facultyId }: FindManyProps) {
  const { t } = useText();
  // A field that is begun anew after each find is empty again, and its list is closed.
  const [round, setRound] = useState(0);
  return (
    <fieldset className="find-many">
      <legend>{label}</legend>
      <PickedList
        label={label}
        picked={picked}
        removeLabel={(name) => t('timetable.find.remove', { name })}
        onRemove={(id) => onChange(picked.filter((one) => one.id !== id))}
      />
      <FindField
        key={round}
        what={what}
        label={addLabel}
        hideLabel
        again={round > 0}
        value={null}
        without={picked.map(({ id }) => id)}
        facultyId={facultyId}
        onChange={(found) => {
          if (!found) return;
          onChange([...picked, found]);
          setRound(round + 1);
        }}
      />
      {picked.length === 0 ? <p className="drawer-note">{noneText}</p> : null}
    </fieldset>
  );
}
