import type { SessionState } from '@avow/protocol/staff/session';
import { Button, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useAct } from '../api/use-act.ts';
import { CodeField } from '../factors/code-field.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { texts } from './texts.ts';

/** After the password: the code of the app, or a recovery code when it is lost. */
export function SecondStep(step: { challenge: string; enter(session: SessionState): void; again(): void }) {
  const say = texts.useTexts().second;
  const [recovering, setRecovering] = useState(false);
  const [code, setCode] = useState('');
  const totp = useAct('POST /session/totp');
  const recovery = useAct('POST /session/recovery');
  const act = recovering ? recovery : totp;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const session = await act.run({ body: { challenge: step.challenge, code: code.trim() } });
    if (session) step.enter(session);
    else setCode('');
  };
  const change = () => {
    setCode('');
    act.forget();
    setRecovering(!recovering);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {act.refused && <RefusalNote refused={act.refused} />}
        {recovering ? (
          <TextInput
            label={say.recovery}
            description={say.recoveryHint}
            autoComplete="off"
            spellCheck={false}
            required
            withAsterisk={false}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={recovery.problem('code')}
          />
        ) : (
          <CodeField value={code} onChange={setCode} error={totp.problem('code')} />
        )}
        <Button type="submit" loading={act.busy}>
          {say.confirm}
        </Button>
        <Button variant="subtle" color="gray" c="inherit" onClick={change} h="auto" py={6} styles={WRAPPED}>
          {recovering ? say.useApp : say.useRecovery}
        </Button>
        <Button variant="subtle" color="gray" c="inherit" onClick={step.again}>
          {say.again}
        </Button>
      </Stack>
    </form>
  );
}

/** Long words of German on a narrow phone. */
const WRAPPED = { label: { whiteSpace: 'normal' as const } };
