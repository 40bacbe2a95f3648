// What an act changed, field by field: as it was and as it is.
import type { AuditEntry } from '../../../server/contract/audit.ts';
import { useText } from '../../i18n/index.ts';
import { fieldKey, readable, rowsOf } from './change-rows.ts';

type ChangesProps = Pick<AuditEntry, 'before' | 'after'>;

export function Changes({ before, after }: ChangesProps) {
  const { t, dateTime } = useText();
  const words = { yes: t('app.yes'), no: t('app.no'), dateTime };
  return (
    <details className="audit-changes">
      <summary>{t('audit.details')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('audit.field')}</th>
            {before ? <th scope="col">{t('audit.before')}</th> : null}
            {after ? <th scope="col">{t('audit.after')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rowsOf(before, after).map(({ field, was, is }) => {
            const key = fieldKey(field);
            return (
              <tr key={field}>
                <th scope="row">{key ? t(key) : field}</th>
                {before ? <td>{readable(field, was, words)}</td> : null}
                {after ? <td>{readable(field, is, words)}</td> : null}
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}
