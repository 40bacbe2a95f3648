// The frame of the pages around a class that have one thing to say: waiting, over, refused.
import type { ReactNode } from 'react';
import { Brand } from '../../app/Brand.tsx';
import { LanguageMenu } from '../../app/LanguageMenu.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { Icon } from '../../ui/icons.ts';

export type NoticeProps = {
  readonly icon: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
};

export function Notice({ icon, title, children, action }: NoticeProps) {
  usePageTitle(title);
  return (
    <div className="lobby">
      <header className="lobby-bar">
        <Brand />
        <LanguageMenu />
      </header>
      <main className="room-notice" id="content" aria-live="polite">
        <EmptyState icon={icon} level={1} title={title} action={action}>
          {children}
        </EmptyState>
      </main>
    </div>
  );
}
