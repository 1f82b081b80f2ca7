/** Which pages come before and after one, within visits; from each it goes on. */
import { readableAddress } from '@avow/protocol/readable-address';
import type { Figure, Ground } from '@avow/protocol/staff/visits';
import { Group, Modal, SimpleGrid, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { refusedOf } from '../../api/query-client.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { Suppressed } from '../../frame/suppressed.tsx';
import { useFormats } from '../../texts/language.tsx';
import { useVisits } from '../asking/answers.ts';
import { useSource } from '../asking/source.tsx';
import { MissingNote } from '../head/missing-note.tsx';
import { WhyAnswer, WhyPopover } from '../head/why.tsx';
import listStyles from '../lists/lists.module.css';
import { texts } from '../texts.ts';

const MOST_NEIGHBOURS = 12;

export function JourneyWindow({
  page,
  ground,
  go,
}: {
  page: string | undefined;
  ground: Ground;
  go(page: string | undefined): void;
}) {
  const say = texts.useTexts();
  return (
    <Modal opened={page !== undefined} onClose={() => go(undefined)} size="58rem" title={say.journey.title}>
      {page !== undefined && <Journey page={page} ground={ground} go={go} />}
    </Modal>
  );
}

function Journey({ page, ground, go }: { page: string; ground: Ground; go(page: string): void }) {
  const say = texts.useTexts();
  const { may } = useSource();
  const answer = useVisits({}, 'POST /visits/journey', { body: { ...ground, page, limit: MOST_NEIGHBOURS } });
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {readableAddress(page)}
        </Text>
        {may.explain && (
          <WhyPopover label={say.journey.title}>
            <WhyJourney page={page} ground={ground} />
          </WhyPopover>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {say.journey.hint}
      </Text>
      <MissingNote missing={answer.data?.missing} />
      {answer.error ? (
        <RefusalNote refused={refusedOf(answer.error)} again={() => answer.refetch()} />
      ) : !answer.data ? (
        <Skeleton height={360} />
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2 }} mih={360}>
          <Side title={say.journey.before} rows={answer.data.before} edge={say.journey.began} go={go} />
          <Side title={say.journey.after} rows={answer.data.after} edge={say.journey.ended} go={go} />
        </SimpleGrid>
      )}
    </Stack>
  );
}

function WhyJourney({ page, ground }: { page: string; ground: Ground }) {
  const say = texts.useTexts();
  const answer = useVisits({}, 'POST /visits/journey', { body: { ...ground, page, explain: true } });
  return <WhyAnswer label={say.journey.title} answer={answer} />;
}

function Side({
  title,
  rows,
  edge,
  go,
}: {
  title: string;
  rows: readonly (Figure & { page: string })[];
  /** What an empty page stands for. */
  edge: string;
  go(page: string): void;
}) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const { house } = useSource();
  const most = Math.max(1, ...rows.map(({ value }) => value ?? 0));
  return (
    <div>
      <Group justify="space-between">
        <Text fw={600} size="sm">
          {title}
        </Text>
        <Text size="xs" c="dimmed">
          {say.journey.of}
        </Text>
      </Group>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {say.journey.none}
        </Text>
      )}
      <table className={listStyles.table}>
        <tbody>
          {rows.map(({ page, value, suppressed }) => (
            <tr key={page}>
              <td className={listStyles.name}>
                <span
                  className={suppressed ? `${listStyles.bar} ${listStyles.hatched}` : listStyles.bar}
                  style={{ width: suppressed ? '12%' : `${((value ?? 0) / most) * 100}%` }}
                />
                {page === '' ? (
                  <Text size="sm" c="dimmed" fs="italic">
                    {edge}
                  </Text>
                ) : (
                  <UnstyledButton className={listStyles.value} title={page} onClick={() => go(page)}>
                    {readableAddress(page)}
                  </UnstyledButton>
                )}
              </td>
              <td className={listStyles.figure}>
                {suppressed ? <Suppressed least={house.suppressedBelow} /> : number(value ?? 0)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
