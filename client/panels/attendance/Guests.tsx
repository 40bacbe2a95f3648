// Who is in the class without being expected; counted apart.
import type { LiveRegister } from '../../../server/contract/live-register.ts';
import { useText } from '../../i18n/index.ts';

export function Guests({ guests }: { readonly guests: LiveRegister['guests'] }) {
  const { t } = useText();
  if (guests.length === 0) return null;
  return (
    <section className="live-part">
      <h3 className="live-title tabular">{t('live.guests', { n: guests.length })}</h3>
      <ul className="live-names">
        {guests.map(({ personId, name, here }) => (
          <li key={personId}>
            {name}
            {here ? null : <span className="live-note"> {t('live.guest.away')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
