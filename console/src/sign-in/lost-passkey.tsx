import type { SessionState } from '@avow/protocol/staff/session';
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useAct } from '../api/use-act.ts';
import { PasskeyNote } from '../factors/passkey-note.tsx';
import { makePasskey, type PasskeyProblem } from '../factors/passkeys.ts';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { texts } from './texts.ts';

/** Where passkeys were the only way in: a recovery code allows a new one. */
export function LostPasskey({ enter, again }: { enter(session: SessionState): void; again(): void }) {
  const say = texts.useTexts().lost;
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  const [label, setLabel] = useState(say.labelGiven);
  const [problem, setProblem] = useState<PasskeyProblem | null>(null);
  const options = useAct('POST /session/lost-passkey/options');
  const finish = useAct('POST /session/lost-passkey');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setProblem(null);
    finish.forget();
    const asked = await options.run({ body: { email, code: code.trim() } });
    if (!asked) return;
    const outcome = await makePasskey(asked.options);
    if ('problem' in outcome) return setProblem(outcome.problem);
    const session = await finish.run({ body: { challenge: asked.challenge, response: outcome.response, label } });
    if (session) enter(session);
  };
  const refused = options.refused ?? finish.refused;
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm" c="dimmed">
          {say.what}
        </Text>
        {refused && <RefusalNote refused={refused} />}
        {problem && <PasskeyNote problem={problem} />}
        <TextInput
          label={say.email}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={options.problem('email')}
        />
        <TextInput
          label={say.code}
          description={say.codeHint}
          autoComplete="off"
          spellCheck={false}
          required
          withAsterisk={false}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={options.problem('code')}
        />
        <TextInput
          label={say.label}
          required
          withAsterisk={false}
          maxLength={60}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Button type="submit" loading={options.busy || finish.busy}>
          {say.make}
        </Button>
        <Button variant="subtle" color="gray" c="inherit" onClick={again}>
          {say.back}
        </Button>
      </Stack>
    </form>
  );
}
