import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { call, type Refused } from '../api/call.ts';
import { useMay } from '../api/session.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import type { StateAnswer } from './state-answer.ts';
import { texts } from './texts.ts';

export function SetAsidePanel({ state }: { state: StateAnswer }) {
  const say = texts.useTexts().setAside;
  const may = useMay()('operations:write');
  const [refused, setRefused] = useState<Refused | null>(null);
  const [left, setLeft] = useState<number | null>(null);
  const retry = async () => {
    const outcome = await call('POST /operations/set-aside/retry', { body: {} });
    setRefused(outcome.ok ? null : outcome.refused);
    setLeft(outcome.ok ? outcome.answer.left : null);
    await state.refetch();
  };
  return (
    <AnswerPanel title={say.title} answer={state} height={120}>
      {({ setAside: { count, oldestDay } }) => (
        <Stack gap="sm">
          {refused && <RefusalNote refused={refused} />}
          <Text>{count === 0 ? say.none : say.some(count)}</Text>
          {oldestDay && <Text size="sm">{say.oldest(oldestDay)}</Text>}
          <Text role="status">{left !== null && say.left(left)}</Text>
          {may && count > 0 && (
            <Group>
              <Button variant="default" onClick={retry}>
                {say.retry}
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </AnswerPanel>
  );
}
