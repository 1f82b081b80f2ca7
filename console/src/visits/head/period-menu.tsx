/** Which days: one of the usual periods, own days, and one period back or forth. */
import { ActionIcon, Button, Group, Menu, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useFormats } from '../../texts/language.tsx';
import { todayIn } from '../state/days.ts';
import { daysOf, PERIOD_NAMES, shiftDays } from '../state/periods.ts';
import { type SearchAct, USUAL_PERIOD, type VisitsSearch } from '../state/search.ts';
import { useZone } from '../state/use-zone.ts';
import { texts } from '../texts.ts';

/** Keys of the periods, as they are shown in the menu and on the sheet. */
export const PERIOD_KEYS = { today: 'd', '7d': 'w', '30d': 't', month: 'm', '12mo': 'y' } as const;

export function PeriodMenu({ search, change }: { search: VisitsSearch; change: SearchAct }) {
  const say = texts.useTexts();
  const { day } = useFormats();
  const { zone } = useZone();
  const [open, setOpen] = useState(false);
  const today = todayIn(zone);
  const { period = USUAL_PERIOD, from, to } = search;
  const days = from && to ? { from, to } : daysOf(period, today);
  const label = !from ? say.period[period] : from === to ? day(from) : `${day(from)} – ${day(to ?? from)}`;
  const shift = (direction: -1 | 1) => {
    const shifted = shiftDays(days, direction, today);
    if (shifted) change({ ...shifted, period: undefined, by: undefined });
  };
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon variant="default" size={30} aria-label={say.period.earlier} onClick={() => shift(-1)}>
        ‹
      </ActionIcon>
      <Menu opened={open} onChange={setOpen} position="bottom-end" width={280} withinPortal trapFocus>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            fw={500}
            aria-label={`${say.period.title}: ${label}`}
            title={`${day(days.from)} – ${day(days.to)}`}
          >
            {label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {PERIOD_NAMES.map((name) => (
            <Menu.Item
              key={name}
              aria-current={!from && name === period}
              fw={!from && name === period ? 600 : undefined}
              rightSection={name in PERIOD_KEYS ? <Key of={PERIOD_KEYS[name as keyof typeof PERIOD_KEYS]} /> : null}
              onClick={() => change({ period: name, from: undefined, to: undefined, by: undefined })}
            >
              {say.period[name]}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <OwnDays
            days={days}
            latest={today}
            choose={(own) => {
              change({ ...own, period: undefined, by: undefined });
              setOpen(false);
            }}
          />
          <Text size="xs" c="dimmed" px="sm" pb="xs">
            {say.zone.shown(zone)}
          </Text>
        </Menu.Dropdown>
      </Menu>
      <ActionIcon
        variant="default"
        size={30}
        aria-label={say.period.later}
        disabled={days.to >= today}
        onClick={() => shift(1)}
      >
        ›
      </ActionIcon>
    </Group>
  );
}

function Key({ of }: { of: string }) {
  return (
    <Text component="kbd" size="xs" c="dimmed" ff="monospace">
      {of.toUpperCase()}
    </Text>
  );
}

function OwnDays({
  days,
  latest,
  choose,
}: {
  days: { from: string; to: string };
  latest: string;
  choose(days: { from: string; to: string }): void;
}) {
  const say = texts.useTexts();
  const [from, setFrom] = useState(days.from);
  const [to, setTo] = useState(days.to);
  const empty = from > to;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!empty && from && to) choose({ from, to });
  };
  return (
    // The menu takes arrow keys and letters for itself; in here they are the fields'.
    <form onSubmit={submit} onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}>
      <Stack gap="xs" p="sm">
        <Group grow gap="xs">
          <TextInput
            type="date"
            size="xs"
            label={say.period.from}
            value={from}
            max={latest}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            size="xs"
            label={say.period.to}
            value={to}
            max={latest}
            onChange={(event) => setTo(event.currentTarget.value)}
            error={empty && say.period.empty}
          />
        </Group>
        <Button type="submit" size="xs" variant="default">
          {say.period.apply}
        </Button>
      </Stack>
    </form>
  );
}
