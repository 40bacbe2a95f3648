// Several views in one place, one of them shown.
import type { ReactNode } from 'react';
import { Tabs as AriaTabs, type Key, Tab, TabList, TabPanel } from 'react-aria-components';
import { cx } from './cx.ts';
import type { Icon } from './icons.ts';
import './Tabs.css';

export type TabView<Id extends Key> = {
  readonly id: Id;
  readonly title: string;
  readonly icon?: Icon;
  /** A small count beside the title; zero is not shown. */
  readonly count?: number | undefined;
  /** What the count means, for screen readers. */
  readonly countLabel?: string | undefined;
  readonly content: ReactNode;
};

export type TabsProps<Id extends Key> = {
  readonly label: string;
  readonly views: readonly TabView<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** Fills the height given to it; the panel scrolls by itself. */
  readonly fill?: boolean;
  readonly className?: string;
};

export function Tabs<Id extends Key>({ label, views, selected, onSelect, fill, className }: TabsProps<Id>) {
  const select = (key: Key) => {
    const view = views.find(({ id }) => id === key);
    if (view) onSelect(view.id);
  };
  return (
    <AriaTabs selectedKey={selected} onSelectionChange={select} className={cx('tabs', fill && 'tabs-fill', className)}>
      <TabList aria-label={label} className="tabs-list">
        {views.map(({ id, title, icon: Shape, count, countLabel }) => (
          <Tab key={id} id={id} className="tab">
            {Shape ? <Shape /> : null}
            {title}
            {count ? (
              <span className="tab-count">
                <span aria-hidden={countLabel ? true : undefined}>{count}</span>
                {countLabel ? <span className="visually-hidden">{countLabel}</span> : null}
              </span>
            ) : null}
          </Tab>
        ))}
      </TabList>
      {views.map(({ id, content }) => (
        <TabPanel key={id} id={id} className="tab-panel">
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
