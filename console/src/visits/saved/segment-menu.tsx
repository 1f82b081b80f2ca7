/** Saved filters under a name: chosen, kept, deleted. */
import type { Filter, Saved } from '@avow/protocol/staff/visits';
import { Button, CloseButton, Divider, Group, Popover, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { useSource } from '../asking/source.tsx';
import { texts } from '../texts.ts';
import { useKeeping } from './keeping.ts';

export function SegmentMenu({
  segments,
  chosen,
  choose,
  filters,
}: {
  segments: readonly Saved[];
  chosen: string | undefined;
  choose(id: string | undefined): void;
  filters: readonly Filter[];
}) {
  const say = texts.useTexts();
  const { may } = useSource();
  const { refused, busy, keep, remove } = useKeeping();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await keep({ name, content: { kind: 'segment', filters: [...filters] } })) setName('');
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={300} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button variant="default" size="xs" fw={500} onClick={() => setOpen(!open)} aria-expanded={open}>
          {say.segment.title}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {refused && <RefusalNote refused={refused} />}
          {segments.length === 0 && (
            <Text size="sm" c="dimmed">
              {say.segment.none}
            </Text>
          )}
          {segments.map(({ id, name: label }) => (
            <Group key={id} justify="space-between" wrap="nowrap">
              <UnstyledButton
                fw={id === chosen ? 600 : undefined}
                fz="sm"
                aria-pressed={id === chosen}
                onClick={() => {
                  choose(id === chosen ? undefined : id);
                  setOpen(false);
                }}
              >
                {label}
              </UnstyledButton>
              {may.write && (
                <CloseButton
                  size="sm"
                  aria-label={say.segment.remove(label)}
                  onClick={async () => {
                    if (id === chosen) choose(undefined);
                    await remove(id);
                  }}
                />
              )}
            </Group>
          ))}
          {may.write && filters.length > 0 && (
            <>
              <Divider />
              <form onSubmit={submit}>
                <Stack gap="xs">
                  <TextInput
                    size="xs"
                    label={say.segment.keep}
                    placeholder={say.segment.name}
                    value={name}
                    maxLength={200}
                    onChange={(event) => setName(event.currentTarget.value)}
                  />
                  <Button type="submit" size="xs" loading={busy} disabled={name.trim() === ''}>
                    {say.segment.save}
                  </Button>
                </Stack>
              </form>
            </>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
