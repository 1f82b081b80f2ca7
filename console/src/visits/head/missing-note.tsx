/** Which days nobody can tell any more. */
import type { Beside } from '@avow/protocol/staff/visits';
import { Text } from '@mantine/core';
import { texts } from '../texts.ts';

export function MissingNote({ missing }: Pick<Beside, 'missing'>) {
  const say = texts.useTexts();
  if (!missing) return null;
  return (
    <Text size="xs" c="dimmed" data-missing>
      {say.filter.gone(missing.from, missing.to)}
    </Text>
  );
}
