// Names and passwords that are shown once: to copy, to save, to print.
import type { ReactNode } from 'react';
import type { Role } from '../../../server/contract/identity.ts';
import { CopyButton } from '../../app/CopyButton.tsx';
import { downloadText } from '../../app/files.ts';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { DownloadIcon } from '../../ui/icons.ts';
import { type Column, Table } from '../../ui/Table.tsx';
import './Credentials.css';

export type Credential = {
  readonly signInName: string;
  readonly password: string;
  readonly displayName?: string;
  readonly role?: Role;
};

export function Credentials({ list }: { readonly list: readonly Credential[] }): ReactNode {
  const { t } = useText();
  const columns: Column<Credential>[] = [
    { id: 'name', title: t('identity.field.signInName'), cell: ({ signInName }) => <code>{signInName}</code>, isRowHeader: true },
    {
      id: 'password',
      title: t('identity.field.password'),
      cell: ({ password, signInName }) => (
        <span className="credentials-password">
          <code>{password}</code>
          <CopyButton iconOnly text={password} label={t('identity.credentials.copyPassword', { name: signInName })} />
        </span>
      ),
    },
  ];
  if (list.some(({ displayName }) => displayName !== undefined)) {
    columns.push({ id: 'person', title: t('identity.field.displayName'), cell: ({ displayName }) => displayName });
  }
  if (list.some(({ role }) => role !== undefined)) {
    columns.push({ id: 'role', title: t('identity.field.role'), cell: ({ role }) => (role ? t(`identity.role.${role}`) : '') });
  }
  return (
    <div className="credentials">
      <Banner tone="warn">{t('identity.credentials.once')}</Banner>
      <div className="credentials-actions">
        <Button
          icon={DownloadIcon}
          onPress={() =>
            downloadText(
              `${t('identity.credentials.file')}.txt`,
              asText(list, (role) => t(`identity.role.${role}`)),
            )
          }
        >
          {t('identity.credentials.download')}
        </Button>
        <Button kind="quiet" onPress={() => window.print()}>
          {t('identity.credentials.print')}
        </Button>
      </div>
      <Table dense label={t('identity.credentials.table')} columns={columns} rows={list} rowKey={({ signInName }) => signInName} />
    </div>
  );
}

/** A line each, in columns that line up. */
function asText(list: readonly Credential[], word: (role: Role) => string): string {
  const width = (pick: (one: Credential) => string) => Math.max(...list.map((one) => pick(one).length)) + 3;
  const names = width(({ signInName }) => signInName);
  const passwords = width(({ password }) => password);
  const lines = list.map(({ signInName, password, displayName = '', role }) =>
    `${signInName.padEnd(names)}${password.padEnd(passwords)}${[displayName, role ? word(role) : ''].filter(Boolean).join(', ')}`.trimEnd(),
  );
  return `${location.origin}\r\n\r\n${lines.join('\r\n')}\r\n`;
}
