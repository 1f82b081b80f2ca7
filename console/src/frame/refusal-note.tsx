import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Refused } from '../api/call.ts';
import styles from './refusal-note.module.css';
import { texts } from './texts.ts';

/** What was refused and why, in the vault's words; the code small, for support. */
export function RefusalNote({ refused, again }: { refused: Refused; again?: (() => void) | undefined }) {
  const say = texts.useTexts();
  return (
    <Note code={refused.code}>
      {refused.message}
      {again && (
        <Button mt={6} display="block" size="compact-sm" variant="default" onClick={again}>
          {say.again}
        </Button>
      )}
    </Note>
  );
}

/** A problem in plain words; its code, if it has one, small. */
export function Note({ code, children }: { code?: string | undefined; children: ReactNode }) {
  const say = texts.useTexts();
  return (
    <div role="alert" className={styles.note}>
      <Text component="div">{children}</Text>
      {code && (
        <Group mt={2}>
          <Text size="xs" c="dimmed">
            {say.code(code)}
          </Text>
        </Group>
      )}
    </div>
  );
}
