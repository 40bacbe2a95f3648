// Who reads the audit log.
import type { Person } from '../contract/identity.ts';

/** Administrators, and observers of the whole university: an observer of one faculty has no business with the others (P10). */
export function mayReadAudit({ roles, roleFaculties }: Pick<Person, 'roles' | 'roleFaculties'>): boolean {
  return roles.includes('administrator') || (roles.includes('observer') && roleFaculties?.observer === undefined);
}
