/** What stands where a page should: an address without one, a page of other roles, and a page that broke. */
import { Anchor, Button, Stack, Text } from '@mantine/core';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { Page } from './page.tsx';
import { Note } from './refusal-note.tsx';
import { texts } from './texts.ts';

export function NoSuchPage() {
  const say = texts.useTexts().noSuchPage;
  return (
    <Page title={say.title}>
      <Stack align="flex-start">
        <Text>{say.why}</Text>
        <Anchor component={Link} to="/">
          {say.start}
        </Anchor>
      </Stack>
    </Page>
  );
}

export function NotYours({ title }: { title: string }) {
  const say = texts.useTexts();
  return (
    <Page title={title}>
      <Note code="permission_missing">{say.notYours}</Note>
    </Page>
  );
}

export function BrokenPage({ error, reset }: ErrorComponentProps) {
  const say = texts.useTexts();
  return (
    <Page title={say.brokenPage.title}>
      <Stack align="flex-start" role="alert">
        <Text>{say.brokenPage.why}</Text>
        <Text size="xs" c="dimmed">
          {error instanceof Error ? error.message : String(error)}
        </Text>
        <Button variant="default" onClick={reset}>
          {say.again}
        </Button>
      </Stack>
    </Page>
  );
}
