// Where a role holds: in the whole university, or only in some faculties.
import { useQuery } from '@tanstack/react-query';
import { limitableRoles, type Role, type RoleFaculties } from '../../../server/contract/identity.ts';
import { catalogueRoutes } from '../../../server/contract/routes-catalogue.ts';
import { api } from '../../app/api.ts';
import { useText } from '../../i18n/index.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { ErrorIcon } from '../../ui/icons.ts';

/** While "only in these" has none chosen yet, the list is empty; the contract knows no empty lists. */
export type LimitDraft = { readonly [R in Role]?: readonly string[] };

interface RoleLimitsProps {
  readonly roles: readonly Role[];
  readonly limits: LimitDraft;
  readonly onChange: (limits: LimitDraft) => void;
  /** Says which limits lack a faculty. */
  readonly showFaults: boolean;
}

export function useFaculties() {
  return useQuery({ queryKey: ['faculties'], queryFn: ({ signal }) => api(catalogueRoutes.faculties, { signal }), staleTime: 60_000 });
}

export function RoleLimits({ roles, limits, onChange, showFaults }: RoleLimitsProps) {
  const { t } = useText();
  const faculties = useFaculties();
  const list = faculties.data?.faculties ?? [];
  if (list.length === 0) return null;
  return limitableRoles
    .filter((role) => roles.includes(role))
    .map((role) => {
      const chosen = limits[role];
      const set = (next: readonly string[] | undefined) => {
        const { [role]: _, ...others } = limits;
        onChange(next === undefined ? others : { ...others, [role]: next });
      };
      const title = t('people.limits.title', { role: t(`identity.role.${role}`) });
      return (
        <fieldset key={role} className="role-choice">
          <legend>{title}</legend>
          <Checkbox isSelected={chosen === undefined} onChange={(everywhere) => set(everywhere ? undefined : [])}>
            {t('people.limits.everywhere')}
          </Checkbox>
          {chosen ? (
            <div className="role-limits-list">
              <p>{t('people.limits.some')}</p>
              {list.map(({ id, name }) => (
                <Checkbox
                  key={id}
                  isSelected={chosen.includes(id)}
                  isInvalid={showFaults && chosen.length === 0}
                  onChange={(on) => set(on ? [...chosen, id] : chosen.filter((other) => other !== id))}
                >
                  {name}
                </Checkbox>
              ))}
            </div>
          ) : null}
          {showFaults && chosen?.length === 0 ? (
            <p className="field-fault" role="alert">
              <ErrorIcon />
              <span>{t('people.limits.missing')}</span>
            </p>
          ) : null}
        </fieldset>
      );
    });
}

export function isComplete(limits: LimitDraft, roles: readonly Role[]): boolean {
  return limitableRoles.every((role) => !roles.includes(role) || limits[role]?.length !== 0);
}

/** The limits of roles that are held, as the contract wants them. */
export function limitsOf(limits: LimitDraft, roles: readonly Role[]): RoleFaculties {
  const held = limitableRoles.filter((role) => roles.includes(role));
  return Object.fromEntries(held.flatMap((role) => (limits[role] ? [[role, limits[role]]] : [])));
}
