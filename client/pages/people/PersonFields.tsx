// The fields of a person, shared by the forms that make and change one.
import { type Language, Role } from '../../../server/contract/identity.ts';
import { languageNames, languages, useText } from '../../i18n/index.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { ErrorIcon } from '../../ui/icons.ts';
import { PasswordField } from '../../ui/PasswordField.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { PersonDraft, PersonField } from './person-draft.ts';
import { RoleLimits } from './RoleLimits.tsx';
import './PersonFields.css';

export type PersonFieldsProps = {
  readonly draft: PersonDraft;
  readonly onChange: (draft: PersonDraft) => void;
  /** Which are shown. */
  readonly fields: readonly (PersonField | 'language' | 'externalId')[];
  /** In words, by field. */
  readonly faults: Partial<Readonly<Record<PersonField, string>>>;
};

export function PersonFields({ fields, ...rest }: PersonFieldsProps) {
  return fields.map((field) => <PersonInput key={field} field={field} {...rest} />);
}

type PersonInputProps = Omit<PersonFieldsProps, 'fields'> & { readonly field: PersonFieldsProps['fields'][number] };

function PersonInput({ field, draft, onChange, faults }: PersonInputProps) {
  const { t } = useText();
  switch (field) {
    case 'displayName':
      return (
        <TextField
          name={field}
          label={t('identity.field.displayName')}
          help={t('identity.field.displayNameHelp')}
          value={draft.displayName}
          onChange={(displayName) => onChange({ ...draft, displayName })}
          fault={faults.displayName}
          maxLength={120}
          autoComplete="off"
        />
      );
    case 'signInName':
      return (
        <TextField
          name={field}
          label={t('identity.field.signInName')}
          help={t('identity.field.signInNameHelp')}
          value={draft.signInName}
          onChange={(signInName) => onChange({ ...draft, signInName })}
          fault={faults.signInName}
          maxLength={64}
          autoComplete="username"
          spellCheck="false"
        />
      );
    case 'email':
      return (
        <TextField
          name={field}
          type="email"
          optional
          label={t('identity.field.email')}
          value={draft.email}
          onChange={(email) => onChange({ ...draft, email })}
          fault={faults.email}
          maxLength={254}
          autoComplete="off"
        />
      );
    case 'language':
      return <LanguageChoice value={draft.language} onChange={(language) => onChange({ ...draft, language })} />;
    case 'roles':
      return (
        <>
          <RoleChoice
            roles={draft.roles}
            onChange={(roles) => onChange({ ...draft, roles })}
            fault={draft.roles.length === 0 ? faults.roles : undefined}
          />
          <RoleLimits
            roles={draft.roles}
            limits={draft.limits}
            onChange={(limits) => onChange({ ...draft, limits })}
            showFaults={faults.roles !== undefined}
          />
        </>
      );
    case 'externalId':
      return (
        <TextField
          name={field}
          optional
          label={t('people.externalId')}
          value={draft.externalId}
          onChange={(externalId) => onChange({ ...draft, externalId })}
          maxLength={200}
          autoComplete="off"
        />
      );
    case 'password':
      return (
        <PasswordField
          name={field}
          label={t('identity.field.password')}
          help={t('identity.field.passwordHelp')}
          value={draft.password}
          onChange={(password) => onChange({ ...draft, password })}
          fault={faults.password}
          maxLength={200}
          autoComplete="new-password"
        />
      );
  }
}

function LanguageChoice({ value, onChange }: { readonly value: Language | null; readonly onChange: (language: Language | null) => void }) {
  const { t } = useText();
  return (
    <Select
      label={t('identity.field.language')}
      options={[{ id: 'own', label: t('identity.field.languageOwn') }, ...languages.map((id) => ({ id, label: languageNames[id] }))]}
      value={value ?? 'own'}
      onChange={(id) => onChange(languages.find((language) => language === id) ?? null)}
    />
  );
}

type RoleChoiceProps = {
  readonly roles: readonly Role[];
  readonly onChange: (roles: readonly Role[]) => void;
  readonly fault: string | undefined;
};

function RoleChoice({ roles, onChange, fault }: RoleChoiceProps) {
  const { t } = useText();
  return (
    <fieldset className="role-choice">
      <legend>{t('identity.field.roles')}</legend>
      <div className="role-choice-list">
        {Role.options.map((role) => (
          <Checkbox
            key={role}
            isInvalid={fault !== undefined}
            isSelected={roles.includes(role)}
            onChange={(on) => onChange(Role.options.filter((other) => (other === role ? on : roles.includes(other))))}
          >
            {t(`identity.role.${role}`)}
          </Checkbox>
        ))}
      </div>
      {fault ? (
        <p className="field-fault" role="alert">
          <ErrorIcon />
          <span>{fault}</span>
        </p>
      ) : null}
    </fieldset>
  );
}
