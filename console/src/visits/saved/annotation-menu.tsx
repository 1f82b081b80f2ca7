/** What happened on which day: shown under the graph, added and deleted here. */
import type { Saved } from '@avow/protocol/staff/visits';
import { Button, Checkbox, CloseButton, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { useFormats } from '../../texts/language.tsx';
import { useSource } from '../asking/source.tsx';
import { QuietButton } from '../head/quiet-button.tsx';
import { todayIn } from '../state/days.ts';
import { texts } from '../texts.ts';
import { useKeeping } from './keeping.ts';

export function AnnotationMenu({
  annotations,
  site,
  open,
  setOpen,
}: {
  annotations: readonly Saved[];
  site: string | undefined;
  open: boolean;
  setOpen(open: boolean): void;
}) {
  const say = texts.useTexts();
  const { day: written } = useFormats();
  const { may, house } = useSource();
  const { refused, busy, keep, remove } = useKeeping();
  const [day, setDay] = useState(todayIn(house.timeZone));
  const [text, setText] = useState('');
  const [everywhere, setEverywhere] = useState(false);
  if (!may.write && annotations.length === 0) return null;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const ofSite = site !== undefined && !everywhere;
    if (await keep({ name: text, content: { kind: 'annotation', day, ...(ofSite && { site }) } })) setText('');
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={320} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <QuietButton onClick={() => setOpen(!open)} aria-expanded={open}>
          {annotations.length > 0 ? say.annotation.show(annotations.length) : say.annotation.add}
        </QuietButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {refused && <RefusalNote refused={refused} />}
          {annotations.map(({ id, name, content }) => (
            <Group key={id} justify="space-between" wrap="nowrap" align="start">
              <Text size="sm">
                <Text span c="dimmed" inherit>
                  {content.kind === 'annotation' && written(content.day)}
                </Text>{' '}
                {name}
              </Text>
              {may.write && (
                <CloseButton size="sm" aria-label={say.annotation.remove(name)} onClick={() => remove(id)} />
              )}
            </Group>
          ))}
          {may.write && (
            <form onSubmit={submit}>
              <Stack gap="xs">
                <TextInput
                  size="xs"
                  type="date"
                  label={say.annotation.day}
                  value={day}
                  required
                  onChange={(event) => setDay(event.currentTarget.value)}
                />
                <TextInput
                  size="xs"
                  label={say.annotation.text}
                  value={text}
                  maxLength={200}
                  data-autofocus
                  onChange={(event) => setText(event.currentTarget.value)}
                />
                {site !== undefined && (
                  <Checkbox
                    size="xs"
                    label={say.annotation.everywhere}
                    checked={everywhere}
                    onChange={(event) => setEverywhere(event.currentTarget.checked)}
                  />
                )}
                <Button type="submit" size="xs" loading={busy} disabled={text.trim() === '' || day === ''}>
                  {say.annotation.save}
                </Button>
              </Stack>
            </form>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Those of the site, or of every site, in the days. */
export function annotationsOf(
  saved: readonly Saved[],
  site: string | undefined,
  days: { from: string; to: string },
): Saved[] {
  return saved
    .filter(
      ({ content }) =>
        content.kind === 'annotation' &&
        content.day >= days.from &&
        content.day <= days.to &&
        (content.site === undefined || site === undefined || content.site === site),
    )
    .sort((one, other) => dayOf(one).localeCompare(dayOf(other)));
}

const dayOf = ({ content }: Saved): string => (content.kind === 'annotation' ? content.day : '');
