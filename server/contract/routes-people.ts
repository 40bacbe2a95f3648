// Every call on people, for administrators.
import { z } from 'zod';
import { ImportFault, NewPerson, People, PeopleImport, PeopleImported, PeopleQuery, Person, PersonChange } from './identity.ts';
import { PersonId } from './ids.ts';
import { route } from './route.ts';

const person = z.object({ id: PersonId });

export const peopleRoutes = {
  people: route('GET', '/api/people', 'administrator', 'People, searched and paged', { query: PeopleQuery, answer: People }),
  addPerson: route('POST', '/api/people', 'administrator', 'Add a person', { body: NewPerson, answer: Person }),
  changePerson: route('PATCH', '/api/people/{id}', 'administrator', 'Change a person', {
    params: person,
    body: PersonChange,
    answer: Person,
  }),
  importPeople: route('POST', '/api/people/import', 'administrator', 'Add people from CSV: all or nothing, faults by line', {
    body: PeopleImport,
    answer: PeopleImported,
  }),
} as const;

/** `details` of a refusal `import-faulty`. */
export const ImportFaults = z.object({ faults: z.array(ImportFault) });
