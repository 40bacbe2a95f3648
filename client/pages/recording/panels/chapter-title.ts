// What a chapter is called.
import type { Chapter } from '../../../../server/contract/recording-page.ts';
import type { Texts } from '../../../i18n/index.ts';
import { FlagIcon, type Icon, PlayIcon, ShareScreenIcon, SlideIcon, SpeakerViewIcon, StarIcon } from '../../../ui/icons.ts';

export function titleOf(chapter: Chapter, t: Texts['t']): string {
  switch (chapter.kind) {
    case 'start':
      return t('recording.panel.chapter.start');
    case 'screen':
      return t('recording.panel.chapter.screen', { name: chapter.name });
    case 'slide':
      return t('recording.panel.chapter.slide', { name: chapter.name });
    case 'speaker':
      return t('recording.panel.chapter.speaker', { name: chapter.name });
    case 'mark':
      if (chapter.mark.text !== '') return chapter.mark.text;
      return t(chapter.mark.kind === 'important' ? 'recording.panel.chapter.important' : 'recording.panel.chapter.mark');
  }
}

export function iconOf(chapter: Chapter): Icon {
  switch (chapter.kind) {
    case 'start':
      return PlayIcon;
    case 'screen':
      return ShareScreenIcon;
    case 'slide':
      return SlideIcon;
    case 'speaker':
      return SpeakerViewIcon;
    case 'mark':
      return chapter.mark.kind === 'important' ? StarIcon : FlagIcon;
  }
}

/** Worth a word of its own beside the title. */
export const isImportant = (chapter: Chapter): boolean => chapter.kind === 'mark' && chapter.mark.kind === 'important';
