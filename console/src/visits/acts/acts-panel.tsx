/** What visitors do: goals, funnels, events and their properties, links followed, files loaded, pages missed, forms sent. */
import type { Saved } from '@avow/protocol/staff/visits';
import { useSource } from '../asking/source.tsx';
import { ListPanel, type ListScreen, type OwnTab } from '../lists/list-panel.tsx';
import { ACTS, EVENTS } from '../lists/lists.ts';
import { texts } from '../texts.ts';
import { Funnels } from './funnels.tsx';
import { Goals } from './goals.tsx';
import { Properties } from './properties.tsx';

export function ActsPanel({ screen, saved }: { screen: ListScreen; saved: readonly Saved[] }) {
  const say = texts.useTexts();
  const { may } = useSource();
  const { ground, filters, setFilters } = screen;
  const kept = (kind: Saved['content']['kind']) => saved.filter(({ content }) => content.kind === kind);
  const own: OwnTab[] = [
    ...(may.seeGoals
      ? [
          {
            id: 'goals',
            label: say.list.goals,
            content: <Goals ground={ground} saved={kept('goal')} filters={filters} setFilters={setFilters} />,
          },
          { id: 'funnels', label: say.list.funnels, content: <Funnels ground={ground} funnels={kept('funnel')} /> },
        ]
      : []),
    { id: 'properties', label: say.properties.of, content: <Properties screen={screen} /> },
  ];
  return (
    <ListPanel
      title={say.list.acts}
      lists={[EVENTS, ...ACTS]}
      own={own}
      first={EVENTS.id}
      screen={screen}
      emptyHint={{ event: say.list.emptyEvents }}
    />
  );
}
