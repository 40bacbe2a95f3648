// One administrative act in words, with what it changed below.
import { Button as AriaButton } from 'react-aria-components';
import type { AuditEntry } from '../../../server/contract/audit.ts';
import { useText } from '../../i18n/index.ts';
import { Changes } from './Changes.tsx';

interface AuditRowProps {
  readonly entry: AuditEntry;
  readonly onActor: () => void;
  readonly onSubject: () => void;
}

export function AuditRow({ entry, onActor, onSubject }: AuditRowProps) {
  const { t, dateTime } = useText();
  const { at, actor, act, subject, address, before, after } = entry;
  const isServer = actor.kind === 'server';
  const actorName = isServer ? t('audit.server') : actor.kind === 'api-key' ? t('audit.key', { name: actor.name }) : actor.name;
  return (
    <li className="audit-entry">
      <div className="audit-entry-head">
        <strong>{t(`audit.act.${act}`)}</strong>
        {subject.name && subject.id ? (
          <AriaButton className="audit-link" onPress={onSubject} aria-label={t('audit.onlySubject', { name: subject.name })}>
            {subject.name}
          </AriaButton>
        ) : null}
      </div>
      <div className="audit-entry-note">
        <time dateTime={new Date(at).toISOString()}>{dateTime(at)}</time>
        {isServer ? (
          <span>{actorName}</span>
        ) : (
          <AriaButton className="audit-link" onPress={onActor} aria-label={t('audit.onlyActor', { name: actorName })}>
            {actorName}
          </AriaButton>
        )}
        {address ? <span>{address}</span> : null}
      </div>
      {Object.keys({ ...before, ...after }).length > 0 ? <Changes before={before} after={after} /> : null}
    </li>
  );
}
