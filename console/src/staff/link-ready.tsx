import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { CopyButton } from '../frame/copy-button.tsx';
import { texts } from './texts.ts';

/** A one-time link, shown once. */
export function LinkReady({ link, hint, close }: { link: string; hint: string; close(): void }) {
  const say = texts.useTexts().invite;
  return (
    <Stack>
      <Text role="status">{hint}</Text>
      <Group wrap="nowrap" align="flex-start">
        <Code fz="sm" flex={1} style={{ overflowWrap: 'anywhere' }} aria-label={say.link}>
          {link}
        </Code>
        <CopyButton value={link} />
      </Group>
      <Group justify="flex-end">
        <Button onClick={close}>{say.close}</Button>
      </Group>
    </Stack>
  );
}
