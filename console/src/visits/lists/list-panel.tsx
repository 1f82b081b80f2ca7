/** A panel with a short list out of several, the way to all of it, and its CSV. */
import type { Filter, Ground } from '@avow/protocol/staff/visits';
import { type ReactNode, useState } from 'react';
import { AnswerPanel, Panel } from '../../frame/panel.tsx';
import { usePanel } from '../asking/answers.ts';
import { QuietButton } from '../head/quiet-button.tsx';
import { texts } from '../texts.ts';
import { CsvButton } from './csv-button.tsx';
import styles from './lists.module.css';
import { type List, ROWS, shortPanel, VERSIONS } from './lists.ts';
import { type RowAct, Rows } from './rows.tsx';
import { type Tab, Tabs } from './tabs.tsx';

/** Head, rows and foot. */
const LIST_HEIGHT = 24 + ROWS * 32 + 34;

export interface ListScreen {
  ground: Ground;
  filters: readonly Filter[];
  setFilters(filters: Filter[]): void;
  openList(id: string): void;
}

/** Something else than a list under one of the tabs. */
export interface OwnTab extends Tab {
  content: ReactNode;
}

export function ListPanel({
  title,
  lists,
  menu,
  own = [],
  first,
  screen,
  act,
  emptyHint,
}: {
  title: string;
  lists: readonly List[];
  menu?: { label: string; lists: readonly List[] };
  own?: readonly OwnTab[];
  /** Id of the tab to begin with; else the first. */
  first?: string;
  screen: ListScreen;
  /** By the id of a list. */
  act?: Record<string, RowAct>;
  emptyHint?: Record<string, string>;
}) {
  const say = texts.useTexts();
  const tabOf = (list: List): Tab => ({ id: list.id, label: list.label(say) });
  const all = [...lists, ...(menu?.lists ?? [])];
  const [chosen, setChosen] = useState(first ?? own[0]?.id ?? lists[0]?.id ?? '');
  const tabs = (
    <Tabs
      tabs={[...own, ...lists.map(tabOf)]}
      {...(menu && { menu: { label: menu.label, tabs: menu.lists.map(tabOf) } })}
      chosen={chosen}
      choose={setChosen}
    />
  );
  const content = own.find(({ id }) => id === chosen)?.content;
  if (content !== undefined) {
    return (
      <Panel title={title} actions={tabs}>
        <div className={styles.own}>{content}</div>
      </Panel>
    );
  }
  const list = all.find(({ id }) => id === chosen);
  if (!list) return null;
  return (
    <ShortList
      title={title}
      tabs={tabs}
      list={versionsOf(list, screen.filters)}
      screen={screen}
      act={act?.[list.id]}
      emptyHint={emptyHint?.[list.id]}
    />
  );
}

/** Where one browser is chosen, its versions say more than its name once. */
function versionsOf(list: List, filters: readonly Filter[]): List {
  const versions = VERSIONS[list.dimension];
  const one = filters.some(
    ({ dimension, operator, values }) => dimension === list.dimension && operator === 'is' && values.length === 1,
  );
  return versions && one ? versions : list;
}

function ShortList({
  title,
  tabs,
  list,
  screen,
  act,
  emptyHint,
}: {
  title: string;
  tabs: ReactNode;
  list: List;
  screen: ListScreen;
  act: RowAct | undefined;
  emptyHint: string | undefined;
}) {
  const say = texts.useTexts();
  const { ground, filters, setFilters, openList } = screen;
  const answer = usePanel(ground, shortPanel(list));
  const label = list.label(say);
  return (
    <AnswerPanel
      title={title}
      actions={tabs}
      answer={answer}
      height={LIST_HEIGHT}
      empty={({ rows }) =>
        rowsOf(list, rows).length === 0 && { what: say.list.empty, hint: emptyHint ?? say.list.emptyHint }
      }
    >
      {(told) => {
        const rows = rowsOf(list, told.rows);
        return (
          <>
            <Rows
              rows={rows.slice(0, ROWS)}
              dimension={list.dimension}
              metric={list.metric}
              total={told.totals[list.metric]}
              least={told.suppressedBelow}
              filters={filters}
              setFilters={setFilters}
              act={act}
              label={`${title}: ${label}`}
            />
            <div className={styles.foot}>
              <CsvButton
                question={{ ...ground, metrics: [...list.metrics], dimensions: [list.dimension] }}
                name={`${title} ${label}`}
              />
              {(rows.length > ROWS || told.more) && (
                <QuietButton aria-label={say.list.moreOf(label)} onClick={() => openList(list.id)}>
                  {say.list.more}
                </QuietButton>
              )}
            </div>
          </>
        );
      }}
    </AnswerPanel>
  );
}

export function rowsOf<Row extends { dimensions: Record<string, string> }>(
  { dimension, hideUnknown = false }: Pick<List, 'dimension' | 'hideUnknown'>,
  rows: readonly Row[],
): Row[] {
  return rows.filter(({ dimensions }) => !hideUnknown || dimensions[dimension] !== '');
}
