// One recording in the list: what it is, how large, what will become of it, and what can be done.
import type { KeptRecording } from '../../../server/contract/recording-keeping.ts';
import { useText } from '../../i18n/index.ts';
import { Chip } from '../../ui/Chip.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { DeleteIcon, type Icon, LockIcon, MoreIcon, RecordIcon, RestoreIcon, UnlockIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { Menu, MenuItem } from '../../ui/Menu.tsx';
import type { Act } from './ActDialog.tsx';
import { sizeText } from './words.ts';

type KeptItemProps = { readonly recording: KeptRecording; readonly onAct: (act: Act) => void };

const icons: Readonly<Record<Act, Icon>> = {
  hold: LockIcon,
  release: UnlockIcon,
  trash: DeleteIcon,
  restore: RestoreIcon,
  'bring-back': RestoreIcon,
  purge: DeleteIcon,
};

export function KeptItem({ recording, onAct }: KeptItemProps) {
  const texts = useText();
  const { t, date } = texts;
  const { id, title, courseTitle, kind, teacherName, startedAt, bytes } = recording;
  const acts = actsFor(recording);
  const facts = [courseTitle === title ? null : courseTitle, t(`timetable.kind.${kind}`), teacherName, date(startedAt)];
  return (
    <li className="storage-item">
      <div className="storage-item-text">
        <Link href={`/recordings/${id}`}>{title}</Link>
        <span className="storage-quiet">{facts.filter((fact) => fact !== null).join(' · ')}</span>
        <Fate recording={recording} />
      </div>
      <span className="storage-size tabular">{sizeText(texts, bytes)}</span>
      {acts.length > 0 ? (
        <Menu
          aria-label={t('storage.acts', { title })}
          button={<IconButton icon={MoreIcon} label={t('storage.acts', { title })} />}
          onAction={(key) => {
            const act = acts.find((one) => one === key);
            if (act) onAct(act);
          }}
        >
          {acts.map((act) => (
            <MenuItem key={act} id={act} icon={icons[act]} danger={act === 'purge'}>
              {t(`storage.act.${act}`)}
            </MenuItem>
          ))}
        </Menu>
      ) : (
        <span className="storage-no-acts" />
      )}
    </li>
  );
}

/** What holds it, and what comes next. */
function Fate({ recording: { state, hold, trash, next, archivedAt } }: Pick<KeptItemProps, 'recording'>) {
  const { t, date } = useText();
  return (
    <span className="storage-fate">
      {state === 'ended' ? null : (
        <Chip tone="recording" icon={RecordIcon}>
          {t('storage.runs')}
        </Chip>
      )}
      {hold ? (
        <>
          <Chip tone="info" icon={LockIcon}>
            {t('storage.held')}
          </Chip>
          <span>{t('storage.held.why', { reason: hold.reason, name: hold.by, date: date(hold.at) })}</span>
        </>
      ) : null}
      {archivedAt === null ? null : <Chip>{t('storage.archived', { date: date(archivedAt) })}</Chip>}
      {trash ? (
        <span>
          {trash.by === ''
            ? t('storage.trashed.byRule', { date: date(trash.at) })
            : t('storage.trashed.by', { name: trash.by, date: date(trash.at) })}
        </span>
      ) : null}
      {trash?.purging ? <Chip tone="warn">{t('storage.trashed.purging')}</Chip> : null}
      {trash && !trash.purging && !hold ? <span>{t('storage.trashed.until', { date: date(trash.purgeAt) })}</span> : null}
      {next ? (
        <span>{t(next.afterwards === 'archive' ? 'storage.next.archive' : 'storage.next.delete', { date: date(next.at) })}</span>
      ) : null}
    </span>
  );
}

function actsFor({ state, hold, trash, archivedAt }: KeptRecording): readonly Act[] {
  if (trash?.purging) return [];
  const holding: readonly Act[] = hold ? ['release'] : ['hold'];
  if (trash) return hold ? ['restore', ...holding] : ['restore', ...holding, 'purge'];
  const back: readonly Act[] = archivedAt === null ? [] : ['bring-back'];
  return state !== 'ended' || hold ? [...back, ...holding] : [...back, ...holding, 'trash'];
}
