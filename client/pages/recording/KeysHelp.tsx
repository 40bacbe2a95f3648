// Which keys the player knows.
import { type TextKey, useText } from '../../i18n/index.ts';
import { Dialog } from '../../ui/Dialog.tsx';

const keys: readonly (readonly [readonly string[], TextKey])[] = [
  [['K', '␣'], 'recording.keys.play'],
  [['J', 'L'], 'recording.keys.ten'],
  [['←', '→'], 'recording.keys.five'],
  [['Home', 'End'], 'recording.keys.ends'],
  [['0', '…', '9'], 'recording.keys.tenths'],
  [['<', '>'], 'recording.keys.speed'],
  [['C'], 'recording.keys.captions'],
  [['F'], 'recording.keys.fullScreen'],
  [['M'], 'recording.keys.sound'],
];
const studyKeys: typeof keys = [
  [['B'], 'recording.keys.bookmark'],
  [['N'], 'recording.keys.note'],
];

export type KeysHelpProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** Notes and bookmarks can be made here. */
  readonly withNotes: boolean;
};

export function KeysHelp({ isOpen, onOpenChange, withNotes }: KeysHelpProps) {
  const { t } = useText();
  return (
    <Dialog isOpen={isOpen} onOpenChange={onOpenChange} title={t('recording.keys')} size="small">
      <table className="recording-keys">
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('recording.keys.key')}</th>
            <th scope="col">{t('recording.keys.does')}</th>
          </tr>
        </thead>
        <tbody>
          {[...keys, ...(withNotes ? studyKeys : []), [['?'], 'recording.keys.help'] as const].map(([names, does]) => (
            <tr key={does}>
              <th scope="row">
                {names.map((name) => (
                  <kbd key={name}>{name === '␣' ? t('recording.keys.space') : name}</kbd>
                ))}
              </th>
              <td>{t(does)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
