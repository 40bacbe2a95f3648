// Builds identity: its stores, services and routers.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import { openProviders } from './app-sign-in.ts';
import type { Audit } from './audit/audit.service.ts';
import type { Database } from './database/tables.ts';
import { RateLimit } from './edge/limits.ts';
import { fillDemo } from './fill-demo.ts';
import { firstRunHttp } from './identity/first-run.http.ts';
import { FirstRunService } from './identity/first-run.service.ts';
import { identityHttp } from './identity/identity.http.ts';
import { IdentityService } from './identity/identity.service.ts';
import { Passwords } from './identity/passwords.ts';
import { peopleHttp } from './identity/people.http.ts';
import { PeopleService } from './identity/people.service.ts';
import { PersonStore } from './identity/person.store.ts';
import { providersHttp } from './identity/providers/providers.http.ts';
import { type Seats, SeatsElsewhere } from './identity/seats.ts';
import { secondFactorHttp } from './identity/second-factor.http.ts';
import { SecondFactorService } from './identity/second-factor.service.ts';
import { SecondFactorStore } from './identity/second-factor.store.ts';
import { Seal } from './identity/second-factor.ts';
import { secretKey } from './identity/secrets.ts';
import { SessionStore } from './identity/session.store.ts';
import { SignInLimits, type Tries } from './identity/sign-in-limits.ts';
import { Tokens } from './identity/tokens.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import { CatalogueStore } from './timetable/catalogue.store.ts';

const FIRST_RUN_TRIES = 20;
const FIRST_RUN_SECONDS = 600;
/** Three codes of a million fit at a time: this often, guessing takes years. */
const CODE_TRIES: Tries = {
  perNameAndAddress: 5,
  perName: 15,
  perAddress: 3000,
};

export interface Identity {
  readonly service: IdentityService;
  readonly firstRun: FirstRunService;
  readonly tokens: Tokens;
  /** From then on the running classes are told of people. */
  attach(seats: Seats): void;
  routers(maxSessionMs: number): Router[];
  /** Safe twice. */
  close(): void;
}

export function openIdentity(options: {
  config: Config;
  db: Kysely<Database>;
  clock: Clock;
  log: Log;
  audit: Audit;
  demoPassword: string | undefined;
  /** The demo university is in the database. */
  demoMade: () => void;
}): Identity {
  const { config, db, clock, log, audit, demoPassword, demoMade } = options;
  const store = new PersonStore(db);
  const passwords = new Passwords();
  const sessions = new SessionStore(db);
  const limits = new SignInLimits();
  const seats = new SeatsElsewhere();
  const secondFactor = new SecondFactorService({
    ...{
      store: new SecondFactorStore(db),
      people: store,
      sessions,
      passwords,
      audit,
      seats,
      clock,
    },
    seal: new Seal(secretKey(config.dataDir, 'second-factor')),
    rules: config.secondFactor,
    limits: new SignInLimits(CODE_TRIES),
    passwordLimits: limits,
  });
  const providers = openProviders({ config, db, clock, log, audit, seats });
  const service = new IdentityService({
    ...{
      people: store,
      sessions,
      passwords,
      limits,
      secondFactor,
      audit,
      seats,
      rules: config.session,
      clock,
      log,
    },
    directory: providers.directory,
  });
  const catalogue = new CatalogueStore(db);
  const people = new PeopleService({
    ...{ people: store, passwords, audit, seats, clock },
    faculties: () => catalogue.faculties(),
  });
  const firstRun = new FirstRunService({
    store,
    identity: service,
    people,
    audit,
    async fillDemo() {
      const { timeZone } = config;
      const made = await fillDemo({ db, now: clock.now(), timeZone, ...(demoPassword && { password: demoPassword }) });
      demoMade();
      return made;
    },
    tries: new RateLimit(FIRST_RUN_TRIES, FIRST_RUN_SECONDS),
  });
  return {
    service,
    firstRun,
    tokens: new Tokens({ key: secretKey(config.dataDir, 'tokens'), clock }),
    attach: (there) => seats.attach(there),
    routers: (maxSessionMs) => [
      identityHttp(service, maxSessionMs),
      secondFactorHttp(service, secondFactor, maxSessionMs),
      peopleHttp(people),
      firstRunHttp(firstRun, maxSessionMs),
      providersHttp({ providers, identity: service, maxSessionMs, log }),
    ],
    close() {
      service.close();
      providers.close();
    },
  };
}
