/** The screen of visits for staff. */
import { Anchor } from '@mantine/core';
import { useAnswer } from '../api/answers.ts';
import { refusedOf } from '../api/query-client.ts';
import { useMay } from '../api/session.tsx';
import { Page } from '../frame/page.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { SourceProvider, useSource } from './asking/source.tsx';
import { todayIn } from './state/days.ts';
import { daysOf } from './state/periods.ts';
import { USUAL_PERIOD } from './state/search.ts';
import { useVisitsSearch } from './state/use-visits-search.ts';
import { texts } from './texts.ts';
import { VisitsScreen } from './visits-screen.tsx';

export function VisitsPage() {
  const say = texts.useTexts();
  const may = useMay();
  const house = useAnswer('GET /visits/house');
  const { search } = useVisitsSearch();
  const title = house.data?.sites.find(({ id }) => id === search.site)?.name ?? say.group;
  return (
    <Page title={`${say.visits}: ${title}`}>
      {house.error && <RefusalNote refused={refusedOf(house.error)} again={() => house.refetch()} />}
      {house.data && (
        <SourceProvider
          source={{
            reader: null,
            house: house.data,
            may: {
              export: may('visits:export'),
              exportEvents: may('visits:export'),
              write: may('visits:write'),
              seeAnnotations: true,
              seeGoals: true,
              seeSegments: true,
              seeRealtime: true,
              explain: true,
            },
          }}
        >
          <VisitsScreen foot={<RawExport />} />
        </SourceProvider>
      )}
    </Page>
  );
}

function RawExport() {
  const say = texts.useTexts();
  const { may, house } = useSource();
  const { search } = useVisitsSearch();
  if (!may.exportEvents) return null;
  const { from, to, period = USUAL_PERIOD, site } = search;
  const days = from && to ? { from, to } : daysOf(period, todayIn(house.timeZone));
  const query = new URLSearchParams({ ...days, format: 'csv', ...(site !== undefined && { site }) });
  return (
    <Anchor href={`/api/visits/events?${query}`} download="events.csv" size="xs" title={say.list.rawEventsOf}>
      {say.list.rawEvents}
    </Anchor>
  );
}
