import { Anchor, Text } from '@mantine/core';
import { Note } from '../frame/refusal-note.tsx';
import { type PasskeyProblem, passkeysHere, sameUnderName } from './passkeys.ts';
import { texts } from './texts.ts';

/** Why the passkey did not work, and what to do. */
export function PasskeyNote({ problem }: { problem: PasskeyProblem }) {
  return <Note>{texts.useTexts().problems[problem]}</Note>;
}

/** Why there are no passkeys on this page; nothing where there are. */
export function NoPasskeysHere() {
  const say = texts.useTexts();
  const here = passkeysHere();
  const named = sameUnderName();
  if (here === 'yes') return null;
  return (
    <Text size="sm" c="dimmed">
      {here === 'no' ? say.unsupported : say.byAddress}{' '}
      {here === 'by address' && named && <Anchor href={named}>{say.openByName(new URL(named).host)}</Anchor>}
    </Text>
  );
}
