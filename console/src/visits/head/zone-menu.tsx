/** Whose days and hours these are, and what cannot be told exactly in others than those of the house. */
import { Popover, Select, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useSource } from '../asking/source.tsx';
import type { SearchAct } from '../state/search.ts';
import { useZone } from '../state/use-zone.ts';
import { splitsHours, zoneChoices } from '../state/zones.ts';
import { texts } from '../texts.ts';
import { QuietButton } from './quiet-button.tsx';

export function ZoneMenu({ change }: { change: SearchAct }) {
  const say = texts.useTexts().zone;
  const { house } = useSource();
  const { zone } = useZone();
  const [open, setOpen] = useState(false);
  const choices = useMemo(() => zoneChoices(house.timeZone), [house.timeZone]);
  return (
    <Popover opened={open} onChange={setOpen} position="top-start" width={300} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <QuietButton onClick={() => setOpen(!open)} aria-expanded={open} aria-label={say.shown(zone)}>
          {say.shown(zone)} ▾
        </QuietButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Select
            size="xs"
            label={say.title}
            data={choices.map((value) => ({ value, label: value === house.timeZone ? say.ofHouse(value) : value }))}
            value={zone}
            allowDeselect={false}
            searchable
            nothingFoundMessage={say.none}
            maxDropdownHeight={220}
            comboboxProps={{ withinPortal: false }}
            onChange={(chosen) => {
              change({ zone: chosen === house.timeZone || chosen === null ? undefined : chosen });
              setOpen(false);
            }}
          />
          <Text size="xs" c="dimmed">
            {say.hint}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** `since`: where the days do not reach the whole period, the first that does. */
export function ZoneNote({ since }: { since: string | null }) {
  const say = texts.useTexts().zone;
  const { house } = useSource();
  const { zone, foreign } = useZone();
  if (!foreign) return null;
  const notes = [
    ...(splitsHours(zone, house.timeZone) ? [say.split(house.timeZone)] : []),
    ...(since === null ? [] : [say.since(since, house.timeZone)]),
  ];
  if (notes.length === 0) return null;
  return (
    <Text size="xs" c="dimmed" role="note">
      {notes.join(' ')}
    </Text>
  );
}
