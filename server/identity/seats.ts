// What identity tells the running classes about people: their seats follow the account.
import type { PersonId } from '../contract/ids.ts';

/** Each is called after what it tells is in the database, and never throws: the act itself is done. */
export interface Seats {
  /** The account was disabled: the person is to be shown out of wherever they are. */
  disabled(id: PersonId): Promise<void>;
  /** @param isOver whether a sign-in has ended, by the hash of its token */
  signedOut(id: PersonId, isOver: (session: string | undefined) => boolean): Promise<void>;
  /** Roles, or the faculties to which they are limited, are others now. */
  rightsChanged(id: PersonId): Promise<void>;
}

/** The classes are built after identity; before that nobody sits in one. */
export class SeatsElsewhere implements Seats {
  #seats: Seats | null = null;

  attach(seats: Seats): void {
    this.#seats = seats;
  }

  async disabled(id: PersonId): Promise<void> {
    await this.#seats?.disabled(id);
  }

  async signedOut(id: PersonId, isOver: (session: string | undefined) => boolean): Promise<void> {
    await this.#seats?.signedOut(id, isOver);
  }

  async rightsChanged(id: PersonId): Promise<void> {
    await this.#seats?.rightsChanged(id);
  }
}
