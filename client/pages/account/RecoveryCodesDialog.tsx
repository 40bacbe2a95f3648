// Shows the recovery codes, once, to be kept on paper or as a file.

import { CopyButton } from '../../app/CopyButton.tsx';
import { downloadText } from '../../app/files.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { DownloadIcon } from '../../ui/icons.ts';

export function RecoveryCodesDialog({ codes, onClose }: { readonly codes: readonly string[]; readonly onClose: () => void }) {
  const { t } = useText();
  const text = `${codes.join('\r\n')}\r\n`;
  return (
    <Dialog
      isOpen
      isDismissable={false}
      isKeyboardDismissDisabled
      title={t('account.sf.codes.title')}
      actions={
        <Button kind="primary" onPress={onClose}>
          {t('account.sf.codes.done')}
        </Button>
      }
    >
      <div className="account-stack">
        <p>{t('account.sf.codes.text')}</p>
        <ul className="account-codes">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="account-buttons">
          <Button icon={DownloadIcon} onPress={() => downloadText('auditoria-recovery-codes.txt', text)}>
            {t('account.sf.codes.download')}
          </Button>
          <CopyButton text={text} label={t('app.copy')} />
        </div>
      </div>
    </Dialog>
  );
}
