/** Why a figure is what it is: its definition, the query that was asked, what was kept, dropped, and taken for a program. */
import type { Beside, Explanation, Ground, MetricName } from '@avow/protocol/staff/visits';
import { ActionIcon, Box, Popover, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { refusedOf } from '../../api/query-client.ts';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { useFormats, useLanguage } from '../../texts/language.tsx';
import { usePanel, useVisits } from '../asking/answers.ts';
import { useSource } from '../asking/source.tsx';
import { texts } from '../texts.ts';
import styles from './head.module.css';

export function WhyButton({ metric, ground, label }: { metric: MetricName; ground: Ground; label: string }) {
  return (
    <WhyPopover label={label} className={styles.why}>
      <Why metric={metric} ground={ground} label={label} />
    </WhyPopover>
  );
}

/** Its content is asked for when it is opened. */
export function WhyPopover({
  label,
  className,
  children,
}: {
  label: string;
  className?: string | undefined;
  children: ReactNode;
}) {
  const say = texts.useTexts();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      width="min(26rem, calc(100vw - 2rem))"
      position="bottom"
      withArrow
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <ActionIcon
          className={className}
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={say.why.open(label)}
          onClick={() => setOpen(!open)}
        >
          ?
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Box component="section" className={styles.scroll} tabIndex={0} aria-label={say.why.title}>
          {children}
        </Box>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Of figures that were asked for with their explanation. */
export function WhyAnswer({ label, answer }: { label: string; answer: UseQueryResult<Beside> }) {
  const say = texts.useTexts();
  const language = useLanguage();
  const { house } = useSource();
  if (answer.error) return <RefusalNote refused={refusedOf(answer.error)} />;
  const explanation = answer.data?.explanation;
  if (!explanation) return <Skeleton height={240} aria-label={say.why.title} />;
  return (
    <Stack gap="xs">
      <Title order={3}>{label}</Title>
      {Object.entries(explanation.definitions).map(([name, definition]) => (
        <Text key={name} size="sm">
          {definition[language]}
        </Text>
      ))}
      {house.suppressedBelow > 0 && (
        <Text size="sm" c="dimmed">
          {say.why.hidden(house.suppressedBelow)}
        </Text>
      )}
      <Counted explanation={explanation} />
    </Stack>
  );
}

function Why({ metric, ground, label }: { metric: MetricName; ground: Ground; label: string }) {
  const say = texts.useTexts();
  const language = useLanguage();
  const { may, house } = useSource();
  const definitions = useVisits({}, 'GET /visits/definitions');
  const explained = usePanel(ground, { metrics: [metric], explain: true }, { enabled: may.explain });
  const failed = definitions.error ?? explained.error;
  if (failed) return <RefusalNote refused={refusedOf(failed)} />;
  const definition = definitions.data?.metrics[metric];
  return (
    <Stack gap="xs">
      <Title order={3}>{label}</Title>
      {definition ? <Text size="sm">{definition[language]}</Text> : <Skeleton height={40} />}
      {house.suppressedBelow > 0 && (
        <Text size="sm" c="dimmed">
          {say.why.hidden(house.suppressedBelow)}
        </Text>
      )}
      {may.explain &&
        (explained.data?.explanation ? (
          <Counted explanation={explained.data.explanation} />
        ) : (
          <Skeleton height={160} role="status" aria-label={say.why.title} />
        ))}
    </Stack>
  );
}

function Counted({ explanation }: { explanation: Explanation }) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const { events, bots, dropped, quietViews, queries } = explanation;
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const programs = sum(bots.map((bot) => bot.events));
  const lost = sum(dropped.map(({ count }) => count));
  const share = (part: number, whole: number) =>
    number(whole === 0 ? 0 : part / whole, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <>
      <Title order={4} size="h3">
        {say.why.counted}
      </Title>
      <Text size="sm">
        {say.why.events(events)}. {say.why.bots(programs, share(programs, events))}.
      </Text>
      <Text size="sm">{say.why.dropped(lost, share(lost, lost + events))}.</Text>
      <Reasons rows={[...bots.map(({ reason, events: count }) => ({ reason, count })), ...dropped]} />
      {quietViews > 0 && <Text size="sm">{say.why.quiet(quietViews)}.</Text>}
      <Text size="xs" c="dimmed">
        {say.why.whole}
      </Text>
      <Title order={4} size="h3">
        {say.why.query}
      </Title>
      {queries.map(({ text, parameters }) => (
        <pre key={JSON.stringify([text, parameters])} className={styles.query}>
          {text}
          {'\n'}
          {JSON.stringify(parameters)}
        </pre>
      ))}
    </>
  );
}

function Reasons({ rows }: { rows: readonly { reason: string; count: number }[] }) {
  const { number } = useFormats();
  if (rows.length === 0) return null;
  return (
    <Text size="xs" c="dimmed">
      {rows.map(({ reason, count }) => `${reason}: ${number(count)}`).join(' · ')}
    </Text>
  );
}
