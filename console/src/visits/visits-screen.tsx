/** Everything about one website, or the whole group, on one screen. Where its figures come from is the source's matter. */
import type { Filter } from '@avow/protocol/staff/visits';
import { Button, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useShortcuts } from '../frame/shortcuts.ts';
import { ActsPanel } from './acts/acts-panel.tsx';
import { useSaved } from './asking/answers.ts';
import { sitesPanel } from './asking/first-panels.ts';
import { useSource } from './asking/source.tsx';
import { FilterBar } from './filters/filter-bar.tsx';
import { FilterForm } from './filters/filter-form.tsx';
import { ChoiceMenu } from './head/choice-menu.tsx';
import styles from './head/head.module.css';
import { PERIOD_KEYS, PeriodMenu } from './head/period-menu.tsx';
import { ZoneMenu, ZoneNote } from './head/zone-menu.tsx';
import { JourneyWindow } from './journey/journey-window.tsx';
import { FullList } from './lists/full-list.tsx';
import { ListPanel, type ListScreen } from './lists/list-panel.tsx';
import listStyles from './lists/lists.module.css';
import { CAMPAIGNS, DEVICES, findList, PAGES, PLACES, SOURCES } from './lists/lists.ts';
import { CountryMap } from './map/country-map.tsx';
import { NowButton } from './now/now-button.tsx';
import { NowView } from './now/now-view.tsx';
import { Overview } from './overview.tsx';
import { SegmentMenu } from './saved/segment-menu.tsx';
import { SitesPanel } from './sites-panel.tsx';
import { addDays, todayIn } from './state/days.ts';
import { toggleFilter, writeFilters } from './state/filter-text.ts';
import { daysOf, type PeriodName } from './state/periods.ts';
import { filtersOf, groundOf, USUAL_PERIOD } from './state/search.ts';
import { useVisitsSearch } from './state/use-visits-search.ts';
import { useZone } from './state/use-zone.ts';
import { texts } from './texts.ts';

const GROUP = '';

export function VisitsScreen({ foot }: { foot?: ReactNode }) {
  const say = texts.useTexts();
  const { house, may } = useSource();
  const { search, change, setFilters } = useVisitsSearch();
  const [filtering, setFiltering] = useState(false);
  const [annotating, setAnnotating] = useState(false);
  const keeps = useSaved(may.seeSegments || may.seeGoals || may.seeAnnotations);
  const saved = keeps.data?.saved ?? [];
  const filters = filtersOf(search);
  const ground = groundOf(search);
  const only = house.sites.length === 1 ? house.sites[0]?.id : undefined;
  const site = search.site ?? only;
  const list = findList(search.list);
  const now = search.view === 'now' && may.seeRealtime;
  const { zone } = useZone();
  const since = reachOf(search.period, search.from, { ...house, timeZone: zone });

  useVisitsShortcuts({ filter: () => setFiltering(true), annotate: () => setAnnotating(true) });

  const screen: ListScreen = { ground, filters, setFilters, openList: (id) => change({ list: id }) };
  const pick = (dimension: Filter['dimension'], value: string) =>
    setFilters(toggleFilter(filters, { dimension, operator: 'is', value }));
  const neighbours = { label: say.list.neighbours, sign: '⇄', act: (page: string) => change({ page }) };

  return (
    <>
      <div className={styles.bar}>
        {house.sites.length > 1 && (
          <ChoiceMenu
            title={say.site}
            value={search.site ?? GROUP}
            choices={[
              { value: GROUP, label: say.group },
              ...house.sites.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            choose={(id) => change({ site: id === GROUP ? undefined : id })}
          />
        )}
        <NowButton site={site} open={() => change({ view: 'now' })} />
        <span className={styles.grow} />
        {!now && (
          <>
            <Button variant="default" size="xs" fw={500} onClick={() => setFiltering(true)}>
              {say.filter.title}
            </Button>
            {may.seeSegments && (
              <SegmentMenu
                segments={saved.filter(({ content }) => content.kind === 'segment')}
                chosen={search.segment}
                choose={(segment) => change({ segment })}
                filters={filters}
              />
            )}
            <ChoiceMenu
              title={say.compare.title}
              value={search.compare ?? 'period'}
              choices={(['period', 'year', 'none'] as const).map((value) => ({ value, label: say.compare[value] }))}
              choose={(compare) => change({ compare: compare === 'period' ? undefined : compare })}
            />
            <PeriodMenu key={`${search.from}${search.to}${search.period}`} search={search} change={change} />
          </>
        )}
      </div>
      <FilterBar
        filters={filters}
        setFilters={setFilters}
        segment={saved.find(({ id }) => id === search.segment)}
        leaveSegment={() => change({ segment: undefined })}
        keptSince={since}
      />
      <ZoneNote since={since} />
      {now ? (
        <NowView site={site} back={() => change({ view: undefined })} />
      ) : (
        <>
          <Overview
            ground={ground}
            search={search}
            change={change}
            saved={saved}
            annotating={annotating}
            setAnnotating={setAnnotating}
          />
          <div className={listStyles.grid}>
            {site === undefined && (
              <div className={listStyles.wide}>
                <SitesPanel ground={ground} panel={sitesPanel(search)} open={(id) => change({ site: id })} />
              </div>
            )}
            <ListPanel
              title={say.list.sources}
              lists={SOURCES}
              menu={{ label: say.list.campaigns, lists: CAMPAIGNS }}
              screen={screen}
              emptyHint={Object.fromEntries(CAMPAIGNS.map(({ id }) => [id, say.list.emptyUtm]))}
            />
            <ListPanel
              title={say.list.pages}
              lists={PAGES}
              screen={screen}
              act={{ page: neighbours, entryPage: neighbours, exitPage: neighbours }}
            />
            <ListPanel
              title={say.list.places}
              lists={PLACES}
              own={[
                {
                  id: 'map',
                  label: say.list.map,
                  content: <CountryMap ground={ground} pick={(country) => pick('country', country)} />,
                },
              ]}
              screen={screen}
            />
            <ListPanel title={say.list.devices} lists={DEVICES} screen={screen} />
            <div className={listStyles.wide}>
              <ActsPanel screen={screen} saved={saved} />
            </div>
          </div>
        </>
      )}
      <div className={styles.under} style={{ paddingInline: 0 }}>
        <ZoneMenu change={change} />
        <span className={styles.grow}>
          <small style={{ color: 'var(--mantine-color-dimmed)' }}>
            {house.suppressedBelow > 0 && say.suppressed.note(house.suppressedBelow)}
          </small>
        </span>
        <ChoiceMenu
          quiet
          title={say.bots.title}
          value={search.bots ?? 'out'}
          choices={(['out', 'in', 'only'] as const).map((value) => ({ value, label: say.bots[value] }))}
          choose={(bots) => change({ bots: bots === 'out' ? undefined : bots })}
          hint={say.bots.hint}
        />
        {foot}
      </div>
      <Modal opened={filtering} onClose={() => setFiltering(false)} title={say.filter.add} size="lg">
        <FilterForm
          ground={ground}
          add={(filter) => {
            setFilters([...filters, filter]);
            setFiltering(false);
          }}
        />
      </Modal>
      <FullList
        list={list}
        ground={ground}
        close={() => change({ list: undefined })}
        pick={(value) => {
          if (!list) return;
          const next = toggleFilter(filters, { dimension: list.dimension, operator: 'is', value });
          change({ list: undefined, f: writeFilters(next) || undefined });
        }}
      />
      <JourneyWindow page={search.page} ground={ground} go={(page) => change({ page })} />
    </>
  );
}

/** Where single events do not reach the whole period: since when they do. */
function reachOf(
  period: PeriodName = USUAL_PERIOD,
  from: string | undefined,
  { timeZone, eventsKeptDays }: { timeZone: string; eventsKeptDays: number },
): string | null {
  const today = todayIn(timeZone);
  const since = addDays(today, -eventsKeptDays);
  return (from ?? daysOf(period, today).from) < since ? since : null;
}

function useVisitsShortcuts({ filter, annotate }: { filter(): void; annotate(): void }): void {
  const say = texts.useTexts();
  const { may } = useSource();
  const { search, change, setFilters } = useVisitsSearch();
  const group = say.keys.group;
  const periods = Object.entries(PERIOD_KEYS) as [keyof typeof PERIOD_KEYS, string][];
  useShortcuts([
    ...periods.map(([period, keys]) => ({
      keys,
      label: say.period[period],
      group,
      act: () => change({ period, from: undefined, to: undefined, by: undefined }),
    })),
    {
      keys: 'x',
      label: say.keys.compare,
      group,
      act: () => change({ compare: search.compare === 'none' ? undefined : 'none' }),
    },
    { keys: '/', label: say.keys.filter, group, act: filter },
    { keys: 'c', label: say.keys.clear, group, act: () => setFilters([]) },
    ...(may.seeRealtime
      ? [
          {
            keys: 'r',
            label: say.keys.now,
            group,
            act: () => change({ view: search.view === 'now' ? undefined : 'now' }),
          },
        ]
      : []),
    ...(may.write ? [{ keys: 'a', label: say.keys.annotate, group, act: annotate }] : []),
  ]);
}
