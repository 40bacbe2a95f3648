// Links by which people outside the lesson may watch: with an end, and perhaps a password.
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { RecordingId, RecordingLinkId } from '../../../server/contract/ids.ts';
import type { RecordingLink } from '../../../server/contract/recording-edits.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';
import { CopyButton } from '../../app/CopyButton.tsx';
import { useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { LinkIcon } from '../../ui/icons.ts';
import { Fault } from './Fault.tsx';
import { NewLinkDialog } from './NewLinkDialog.tsx';
import { linksQuery, useRecordingAct } from './queries.ts';

export function LinksSection({ id }: { readonly id: RecordingId }) {
  const { t } = useText();
  const { data: links = [] } = useQuery(linksQuery(id));
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const revoke = useRecordingAct(
    id,
    (linkId: RecordingLinkId) => api(recordingRoutes.unlinkRecording, { params: { id, linkId } }),
    t('recording-edit.links.revoked'),
  );
  const list = useRef<HTMLUListElement>(null);
  const holding = links.filter(({ revokedAt }) => revokedAt === null);
  return (
    <Card
      title={t('recording-edit.links.title')}
      actions={
        <Button icon={LinkIcon} onPress={() => setMaking(true)}>
          {t('recording-edit.links.add')}
        </Button>
      }
    >
      <p className="recording-edit-note">{t('recording-edit.links.text')}</p>
      {made === null ? null : (
        <Banner
          tone="good"
          announce="polite"
          title={t('recording-edit.links.made')}
          action={<CopyButton text={made} label={t('recording-edit.links.copy')} />}
          onDismiss={() => setMade(null)}
        >
          <span className="recording-edit-address">{made}</span>
        </Banner>
      )}
      <Fault errors={[revoke.error]} />
      <ul className="recording-edit-list" ref={list} tabIndex={-1}>
        {holding.map((link) => (
          <LinkRow
            key={link.id}
            link={link}
            onRevoke={() => {
              revoke.mutate(link.id);
              // The row goes away with its button.
              list.current?.focus();
            }}
          />
        ))}
      </ul>
      {making ? (
        <NewLinkDialog
          id={id}
          onClose={() => setMaking(false)}
          onMade={(url) => {
            setMade(url);
            setMaking(false);
          }}
        />
      ) : null}
    </Card>
  );
}

function LinkRow({ link, onRevoke }: { readonly link: RecordingLink; readonly onRevoke: () => void }) {
  const { t, dateTime } = useText();
  const isOver = link.expiresAt <= Date.now();
  const until = t(isOver ? 'recording-edit.links.expired' : 'recording-edit.links.until', { when: dateTime(link.expiresAt) });
  return (
    <li className="recording-edit-row">
      <span className="recording-edit-name">{until}</span>
      {link.hasPassword ? <Chip>{t('recording-edit.links.hasPassword')}</Chip> : null}
      <span className="recording-edit-note">
        {t('recording-edit.links.opened', { n: link.opened })} ·{' '}
        {t('recording-edit.madeBy', { name: link.madeBy, when: dateTime(link.madeAt) })}
      </span>
      <Button size="small" kind="danger" aria-label={t('recording-edit.links.revokeOf', { what: until })} onPress={onRevoke}>
        {t('recording-edit.links.revoke')}
      </Button>
    </li>
  );
}
