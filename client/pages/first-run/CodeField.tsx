// The one-time code, for those who came without the link.
import { useText } from '../../i18n/index.ts';
import { TextField } from '../../ui/TextField.tsx';
import type { Access } from './access.ts';

export function CodeField({ access, missing }: { readonly access: Access; readonly missing: boolean }) {
  const { t } = useText();
  if (!access.asksForCode) return null;
  const fault = access.codeRefused ? 'codeWrong' : missing && access.code === '' ? 'codeMissing' : undefined;
  return (
    <TextField
      name="code"
      label={t('identity.firstRun.code')}
      help={t('identity.firstRun.codeHelp')}
      value={access.typedCode}
      onChange={access.onTypedCode}
      fault={fault ? t(`identity.firstRun.${fault}`) : undefined}
      autoComplete="off"
      spellCheck="false"
      maxLength={200}
      className="first-run-code"
    />
  );
}
