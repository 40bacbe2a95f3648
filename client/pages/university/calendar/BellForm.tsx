// Adds or changes a bell schedule: the numbered times at which lessons begin and end.
import { useState } from 'react';
import { type Bell, type BellSchedule, NewBellSchedule } from '../../../../server/contract/calendar.ts';
import { calendarRoutes } from '../../../../server/contract/routes-calendar.ts';
import { api } from '../../../app/api.ts';
import { FormDialog } from '../../../app/FormDialog.tsx';
import { useText } from '../../../i18n/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { AddIcon, DeleteIcon } from '../../../ui/icons.ts';
import { TextField } from '../../../ui/TextField.tsx';
import { TimeField } from '../../timetable/TimeField.tsx';
import { nextBell, rising } from './bells.ts';
import { useCalendarSave } from './calendar.ts';

type BellFormProps = { readonly schedule: BellSchedule | null; readonly isFirst: boolean; readonly onClose: () => void };

export function BellForm({ schedule, isFirst, onClose }: BellFormProps) {
  const { t } = useText();
  const [name, setName] = useState(schedule?.name ?? '');
  const [isDefault, setDefault] = useState(schedule?.isDefault ?? isFirst);
  const [bells, setBells] = useState<readonly Bell[]>(schedule?.bells ?? [nextBell([])]);
  const draft = NewBellSchedule.safeParse({ name, isDefault, bells });
  const save = useCalendarSave(
    (body: NewBellSchedule) =>
      schedule ? api(calendarRoutes.changeSchedule, { params: { id: schedule.id }, body }) : api(calendarRoutes.addSchedule, { body }),
    t('app.saved'),
    onClose,
  );
  const removal = useCalendarSave(
    () => (schedule ? api(calendarRoutes.removeSchedule, { params: { id: schedule.id } }) : Promise.resolve()),
    t('calendar.removed'),
    onClose,
  );
  const change = (index: number, bell: Bell) => setBells(bells.with(index, bell));
  return (
    <FormDialog
      title={t(schedule ? 'calendar.bells.edit' : 'calendar.bells.add')}
      fault={draft.success && rising(bells) ? undefined : t('calendar.fault.bells')}
      error={save.error}
      conflict={t('calendar.conflict')}
      isPending={save.isPending}
      onSend={() => draft.success && save.mutate(draft.data)}
      onClose={onClose}
      remove={
        schedule
          ? {
              question: t('calendar.removeQuestion', { name: schedule.name }),
              send: () => removal.mutateAsync(undefined),
              error: removal.error,
            }
          : undefined
      }
    >
      <TextField
        label={t('calendar.field.name')}
        help={t('calendar.bells.nameHelp')}
        value={name}
        onChange={setName}
        maxLength={80}
        autoComplete="off"
      />
      <Checkbox
        isSelected={isDefault}
        onChange={setDefault}
        isDisabled={schedule?.isDefault ?? isFirst}
        note={t('calendar.bells.defaultNote')}
      >
        {t('calendar.bells.default')}
      </Checkbox>
      <fieldset className="calendar-bells">
        <legend>{t('calendar.bells.times')}</legend>
        {bells.map((bell, index) => (
          <div key={bell.number} className="calendar-bell">
            <TimeField
              label={t('calendar.bells.start', { n: bell.number })}
              value={bell.startsAt}
              onChange={(startsAt) => change(index, { ...bell, startsAt })}
              fault={undefined}
            />
            <TimeField
              label={t('calendar.bells.end', { n: bell.number })}
              value={bell.endsAt}
              onChange={(endsAt) => change(index, { ...bell, endsAt })}
              fault={undefined}
            />
            <IconButton
              icon={DeleteIcon}
              label={t('calendar.bells.removeOne', { n: bell.number })}
              isDisabled={bells.length === 1}
              onPress={() => setBells(bells.toSpliced(index, 1))}
            />
          </div>
        ))}
        <div>
          <Button icon={AddIcon} size="small" isDisabled={bells.length >= 20} onPress={() => setBells([...bells, nextBell(bells)])}>
            {t('calendar.bells.addOne')}
          </Button>
        </div>
      </fieldset>
    </FormDialog>
  );
}
