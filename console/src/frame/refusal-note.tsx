import { Alert, Button, Group, Text } from '@mantine/core';
import type { Refused } from '../api/call.ts';
import { texts } from './texts.ts';

/** What was refused and why, in the vault's words; the code small, for support. */
export function RefusalNote({ refused, again }: { refused: Refused; again?: (() => void) | undefined }) {
  const say = texts.useTexts();
  return (
    <Alert color="red" variant="light" role="alert">
      <Text size="md">{refused.message}</Text>
      <Group mt={6} gap="sm">
        {again && (
          <Button size="compact-sm" variant="default" onClick={again}>
            {say.again}
          </Button>
        )}
        <Text size="xs" c="dimmed">
          {say.code(refused.code)}
        </Text>
      </Group>
    </Alert>
  );
}
