// Makes a private link for a calendar program: to one's own lessons, or to a group's.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { feedRoutes } from '../../../server/contract/routes-feeds.ts';
import { api, errorCode } from '../../app/api.ts';
import { isLanguage, languageNames, languages, useText } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { LinkIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { FindField } from './FindField.tsx';
import { feedsKey } from './feeds.ts';
import type { Found } from './find.ts';

export function NewFeed({ hasOwn }: { readonly hasOwn: boolean }) {
  const { t, refusal, language: shown } = useText();
  const client = useQueryClient();
  const [of, setOf] = useState<'person' | 'group'>(hasOwn ? 'group' : 'person');
  const [group, setGroup] = useState<Found | null>(null);
  const [language, setLanguage] = useState(shown);
  const [looked, setLooked] = useState(false);
  const make = useMutation({
    mutationFn: () => api(feedRoutes.addFeed, { body: of === 'group' ? { of, id: group?.id, language } : { of, language } }),
    onSuccess: async () => {
      announce(t('timetable.feed.made'));
      await client.invalidateQueries({ queryKey: [feedsKey] });
      setGroup(null);
      setLooked(false);
    },
  });
  const submit = () => {
    setLooked(true);
    if (of === 'person' || group) make.mutate();
  };
  const code = make.error ? errorCode(make.error) : undefined;
  return (
    <section className="feed-new" aria-label={t('timetable.feed.new')}>
      <h3>{t('timetable.feed.new')}</h3>
      <Segmented
        label={t('timetable.feed.whose')}
        value={of}
        onChange={setOf}
        options={[
          { id: 'person', label: t('timetable.mine') },
          { id: 'group', label: t('timetable.feed.group') },
        ]}
      />
      <div className="feed-new-fields">
        {of === 'group' ? (
          <FindField what="group" value={group} onChange={setGroup} fault={looked && !group ? t('timetable.fault.group') : undefined} />
        ) : null}
        <Select
          label={t('timetable.feed.language')}
          options={languages.map((id) => ({ id, label: languageNames[id] }))}
          value={language}
          onChange={(id) => isLanguage(id) && setLanguage(id)}
        />
      </div>
      <div>
        <Button kind={hasOwn ? 'plain' : 'primary'} icon={LinkIcon} isPending={make.isPending} onPress={submit}>
          {t('timetable.guests.make')}
        </Button>
      </div>
      {code ? (
        <Banner tone="danger" announce="assertive">
          {code === 'not-allowed' ? t('timetable.feed.notYours') : refusal(code)}
        </Banner>
      ) : null}
    </section>
  );
}
