// What to look for: whom, when, on which network, and which trouble.
import { Severity, TroubleKind } from '../../../server/contract/diagnosis.ts';
import { dayKey, useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { ClockIcon } from '../../ui/icons.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { type Asked, aroundMinutes } from './asked.ts';
import type { Go } from './useAsked.ts';
import { useTyped } from './useTyped.ts';

type SearchFormProps = { readonly asked: Asked; readonly seesNetworks: boolean; readonly onGo: Go };

const any = 'any';

export function SearchForm({ asked, seesNetworks, onGo }: SearchFormProps) {
  const { t } = useText();
  const search = useTyped(asked.search ?? '', (text) => onGo({ search: text || undefined }, true));
  const network = useTyped(asked.network ?? '', (text) => onGo({ network: text || undefined }, true));
  // Typed digit by digit as well: what follows the address at once would lose the first digit of two.
  const day = useTyped(asked.day ?? (asked.time === undefined ? '' : dayKey(Date.now())), (text) => onGo({ day: text || undefined }, true));
  const time = useTyped(asked.time ?? '', (text) => onGo({ time: text || undefined, ...(text ? {} : { until: undefined }) }, true));
  const until = useTyped(asked.until ?? '', (text) => onGo({ until: text || undefined }, true));
  const kinds = [
    { id: any, label: t('diagnosis.kind.any') },
    ...TroubleKind.options.map((id) => ({ id, label: t(`diagnosis.kind.${id}`) })),
  ];
  const degrees = [
    { id: any, label: t('diagnosis.severity.any') },
    ...Severity.options.map((id) => ({ id, label: t(`diagnosis.severity.${id}`) })),
  ];
  const isNarrowed = asked.network !== undefined || asked.kind !== undefined || asked.severity !== undefined;
  return (
    <search className="diagnosis-form">
      <SearchField label={t('diagnosis.search')} {...search} maxLength={120} className="diagnosis-who" />
      <div className="diagnosis-when">
        <TextField type="date" label={t('diagnosis.day')} {...day} />
        <TextField type="time" label={t('diagnosis.time')} {...time} />
        <TextField type="time" label={t('diagnosis.until')} {...until} isDisabled={asked.time === undefined} />
        <div className="diagnosis-quick">
          <Button icon={ClockIcon} onPress={() => onGo({ day: undefined, time: undefined, until: undefined })}>
            {t('diagnosis.lastHour')}
          </Button>
          <Button onPress={() => onGo({ day: dayKey(Date.now()), time: undefined, until: undefined })}>{t('diagnosis.today')}</Button>
        </div>
      </div>
      <p className="diagnosis-quiet">{t('diagnosis.around', { n: aroundMinutes })}</p>
      <details className="diagnosis-where" open={isNarrowed || undefined}>
        <summary>{t('diagnosis.filters')}</summary>
        <div className="diagnosis-more">
          {seesNetworks || asked.network !== undefined ? <TextField label={t('diagnosis.network')} {...network} maxLength={64} /> : null}
          <Select
            label={t('diagnosis.kind')}
            options={kinds}
            value={asked.kind ?? any}
            onChange={(id) => onGo({ kind: TroubleKind.safeParse(id).data })}
          />
          <Select
            label={t('diagnosis.severity')}
            options={degrees}
            value={asked.severity ?? any}
            onChange={(id) => onGo({ severity: Severity.safeParse(id).data })}
          />
        </div>
      </details>
    </search>
  );
}
