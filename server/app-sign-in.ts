// Builds signing in by other systems of the university, from the settings.
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { ProviderConfig } from '../config/sign-in.ts';
import { LdapProvider } from './adapters/ldap.ts';
import { OidcProvider } from './adapters/oidc.ts';
import { SamlProvider } from './adapters/saml.ts';
import type { Audit } from './audit/audit.service.ts';
import { providerAddresses } from './contract/providers.ts';
import type { Database } from './database/tables.ts';
import { RateLimit } from './edge/limits.ts';
import { Accounts } from './identity/providers/accounts.ts';
import { ProvidersService } from './identity/providers/providers.service.ts';
import { ProvidersStore } from './identity/providers/providers.store.ts';
import type { Seats } from './identity/seats.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import type { SignInPort } from './ports/sign-in-provider.ts';

/** From one address, behind which a whole university may sit. */
const BEGUN_MOST = 3000;
const BEGUN_SECONDS = 900;

export function openProviders({
  config,
  db,
  clock,
  log,
  audit,
  seats,
}: {
  readonly config: Config;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  readonly seats: Seats;
}): ProvidersService {
  const store = new ProvidersStore(db);
  const providers = config.signIn.providers.map((one) => ({
    shown: { id: one.id, kind: one.kind, label: one.label },
    rules: one,
    port: portOf(one, config.publicUrl, clock),
  }));
  const accounts = new Accounts({ store, audit, seats, clock, log });
  return new ProvidersService({ providers, store, accounts, tries: new RateLimit(BEGUN_MOST, BEGUN_SECONDS), clock, log });
}

function portOf(config: ProviderConfig, publicUrl: string | null, clock: Clock): SignInPort {
  switch (config.kind) {
    case 'oidc':
      return new OidcProvider(config, clock);
    case 'saml': {
      if (publicUrl === null) throw new Error('SAML needs publicUrl: the settings have been checked for it');
      const [acs, metadata] = [providerAddresses.acs(config.id), providerAddresses.metadata(config.id)];
      return new SamlProvider(config, { acs: publicUrl + acs, metadata: publicUrl + metadata });
    }
    case 'ldap':
      return new LdapProvider(config);
  }
}
