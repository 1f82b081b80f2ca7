import type { SessionRoutes } from '@avow/protocol/staff/session';
import { Button, Stack } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useAct } from '../api/use-act.ts';
import { CodeField } from '../factors/code-field.tsx';
import { TotpSetup } from '../factors/totp-setup.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { useLanguage } from '../texts/language.tsx';
import { texts } from './texts.ts';

/** The secret goes into the app; its first code proves that it did. */
export function AppStep(step: {
  token: string;
  started: SessionRoutes['POST /welcome/totp/options']['answer'];
  back(): void;
  made(made: SessionRoutes['POST /welcome/totp']['answer']): void;
}) {
  const say = texts.useTexts();
  const language = useLanguage();
  const [code, setCode] = useState('');
  const finish = useAct('POST /welcome/totp');
  const { token, started } = step;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const answer = await finish.run({ body: { token, challenge: started.challenge, code, language } });
    if (answer) step.made(answer);
  };
  return (
    <form onSubmit={submit}>
      <TotpSetup otpauth={started.otpauth} secret={started.secret}>
        <Stack>
          {finish.refused && <RefusalNote refused={finish.refused} />}
          <CodeField value={code} onChange={setCode} error={finish.problem('code')} />
          <Button type="submit" loading={finish.busy}>
            {say.app.finish}
          </Button>
          <Button variant="subtle" color="gray" c="inherit" onClick={step.back}>
            {say.how.back}
          </Button>
        </Stack>
      </TotpSetup>
    </form>
  );
}
