// One private calendar link: copy it, open it on this device, change its language, revoke it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Feed } from '../../../server/contract/feeds.ts';
import { feedRoutes } from '../../../server/contract/routes-feeds.ts';
import { api, errorCode } from '../../app/api.ts';
import { CopyButton } from '../../app/CopyButton.tsx';
import { isLanguage, type Language, languageNames, languages, useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Confirm } from '../../ui/Dialog.tsx';
import { CalendarAddIcon, DeleteIcon, WarningIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { feedsKey } from './feeds.ts';

export function FeedItem({ feed }: { readonly feed: Feed }) {
  const { t, refusal, date, dateTime } = useText();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const again = () => client.invalidateQueries({ queryKey: [feedsKey] });
  const change = useMutation({
    mutationFn: (language: Language) => api(feedRoutes.changeFeed, { params: { id: feed.id }, body: { language } }),
    onSuccess: async () => {
      announce(t('app.saved'));
      await again();
    },
  });
  const revoke = useMutation({
    mutationFn: () => api(feedRoutes.revokeFeed, { params: { id: feed.id } }),
    onSuccess: async () => {
      announce(t('timetable.guests.revoked'));
      await again();
    },
  });
  const fault = change.error ?? revoke.error;
  const title = feed.of === 'person' ? t('timetable.mine') : t('timetable.feed.groupNamed', { name: feed.name });
  return (
    <li className="feed">
      <div className="feed-head">
        <h3>{title}</h3>
        {feed.works ? null : (
          <Chip tone="warn" icon={WarningIcon}>
            {t('timetable.feed.stopped')}
          </Chip>
        )}
        <p className="drawer-note">
          {t('timetable.feed.since', { date: date(feed.createdAt) })} ·{' '}
          {feed.lastReadAt === null ? t('timetable.feed.neverRead') : t('timetable.feed.read', { when: dateTime(feed.lastReadAt) })}
        </p>
      </div>
      <div className="feed-fields">
        <TextField
          label={t('timetable.feed.link')}
          value={feed.url}
          isReadOnly
          onFocus={(event) => event.target instanceof HTMLInputElement && event.target.select()}
        />
        <Select
          label={t('timetable.feed.language')}
          options={languages.map((id) => ({ id, label: languageNames[id] }))}
          value={change.isPending ? change.variables : feed.language}
          onChange={(id) => isLanguage(id) && change.mutate(id)}
        />
      </div>
      <div className="drawer-buttons">
        <CopyButton text={feed.url} label={t('timetable.guests.copy')} />
        <ButtonLink href={feed.webcal} icon={CalendarAddIcon}>
          {t('timetable.feed.open')}
        </ButtonLink>
        <Button kind="quiet" icon={DeleteIcon} onPress={() => setAsking(true)} aria-label={`${t('timetable.guests.revoke')}: ${title}`}>
          {t('timetable.guests.revoke')}
        </Button>
      </div>
      {fault ? (
        <Banner tone="danger" announce="assertive">
          {refusal(errorCode(fault))}
        </Banner>
      ) : null}
      <Confirm
        isOpen={asking}
        onOpenChange={setAsking}
        title={t('timetable.feed.revoke.title')}
        action={t('timetable.guests.revoke')}
        kind="danger"
        // What is refused is said beside the link, so the question closes either way.
        onConfirm={() =>
          revoke.mutateAsync().then(
            () => {},
            () => {},
          )
        }
      >
        {t('timetable.feed.revoke.text')}
      </Confirm>
    </li>
  );
}
