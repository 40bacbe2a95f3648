// Whether the database is away for now (stopped, starting, locked, full), as opposed to refusing what was asked of it.

/** No connection to it can be had; or something that was acknowledged is not in it yet, and nobody must read what is not complete. */
export class DatabaseAway extends Error {
  readonly code = 'database-away';

  constructor(options?: ErrorOptions) {
    super('The database is away', options);
    this.name = 'DatabaseAway';
  }
}

/** Of a connection that breaks under a query. */
const ofSockets = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

/**
 * Of PostgreSQL (appendix A of its manual): shutting down, starting, lost connections (class 08), out of room or of connections (53),
 * its own disk (58), a standby that takes no writes; or two who wait for one another, of whom one has to ask again. Of SQLite: another process holds it, or the disk gives nothing.
 */
const ofDatabases =
  /^(57P0[123]|08...|53[1-4]00|580[03]0|25006|40001|40P01|55P03|SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|PROTOCOL)(_[A-Z_0-9]+)?|database-away)$/;

/** The driver has no codes for what it finds itself. */
const inWords = /^(Connection terminated|Client has encountered a connection error|Client was closed)/;

const isSqlState = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code);

/** What a pool throws that has no connection to give: whatever a socket says, but not what PostgreSQL says of the connection itself. */
export function noConnection(error: unknown): unknown {
  return isSqlState(error) ? error : new DatabaseAway({ cause: error });
}

/** To ask again later may help, and nothing that was asked is wrong. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && (ofSockets.includes(code) || ofDatabases.test(code))) return true;
  return inWords.test(error.message);
}
