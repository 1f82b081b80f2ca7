import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { AnswerOf } from '../api/routes.ts';
import { useAct } from '../api/use-act.ts';
import { CodeField } from '../factors/code-field.tsx';
import { LEAST_PASSWORD } from '../factors/password-length.ts';
import { texts as factorTexts } from '../factors/texts.ts';
import { TotpSetup } from '../factors/totp-setup.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { type Account, type AccountAnswer, changeAccount } from './account-answer.ts';
import { texts } from './texts.ts';

export function PasswordPanel({ account }: { account: AccountAnswer }) {
  const say = texts.useTexts().password;
  return (
    <AnswerPanel title={say.title} hint={say.hint} answer={account} height={260}>
      {({ factors, staff }) => (
        <Stack gap="lg">
          <Password factors={factors} email={staff.email} />
          <App factors={factors} />
        </Stack>
      )}
    </AnswerPanel>
  );
}

function Password({ factors, email }: { factors: Account['factors']; email: string }) {
  const say = texts.useTexts().password;
  const factor = factorTexts.useTexts();
  const [current, setCurrent] = useState('');
  const [chosen, setChosen] = useState('');
  const [done, setDone] = useState(false);
  const act = useAct('PUT /account/password');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setDone(false);
    const answer = await act.run({ body: { current: factors.password ? current : null, password: chosen } });
    if (!answer) return;
    changeAccount(answer);
    setCurrent('');
    setChosen('');
    setDone(true);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text>{factors.password ? say.is : say.isNot}</Text>
        {act.refused && <RefusalNote refused={act.refused} />}
        <input type="hidden" name="username" autoComplete="username" value={email} />
        {factors.password && (
          <PasswordInput
            label={say.current}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            error={act.problem('current')}
          />
        )}
        <PasswordInput
          label={say.chosen}
          description={factor.passwordHint(LEAST_PASSWORD)}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={LEAST_PASSWORD}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          error={act.problem('password')}
        />
        <Group>
          <Button type="submit" variant="default" loading={act.busy}>
            {factors.password ? say.change : say.set}
          </Button>
          <Text size="sm" c="dimmed" role="status">
            {done && say.changed}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

function App({ factors }: { factors: Account['factors'] }) {
  const say = texts.useTexts().password;
  const [started, setStarted] = useState<AnswerOf<'POST /account/totp/options'> | null>(null);
  const act = useAct('POST /account/totp/options');
  const start = async () => setStarted(await act.run({ body: {} }));
  return (
    <Stack gap="sm" align="flex-start">
      <Text>{factors.totp ? say.appIs : say.appIsNot}</Text>
      {act.refused && <RefusalNote refused={act.refused} />}
      <Button variant="default" onClick={start} loading={act.busy}>
        {factors.totp ? say.appChange : say.appSet}
      </Button>
      <Modal opened={started !== null} onClose={() => setStarted(null)} title={say.appTitle} centered>
        {started && <FirstCode started={started} close={() => setStarted(null)} />}
      </Modal>
    </Stack>
  );
}

function FirstCode({ started, close }: { started: AnswerOf<'POST /account/totp/options'>; close(): void }) {
  const say = texts.useTexts().password;
  const [code, setCode] = useState('');
  const act = useAct('POST /account/totp');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const answer = await act.run({ body: { challenge: started.challenge, code } });
    if (!answer) return;
    changeAccount(answer);
    close();
  };
  return (
    <form onSubmit={submit}>
      <TotpSetup otpauth={started.otpauth} secret={started.secret}>
        <Stack>
          {act.refused && <RefusalNote refused={act.refused} />}
          <CodeField value={code} onChange={setCode} error={act.problem('code')} autoFocus />
          <Button type="submit" loading={act.busy}>
            {say.appFinish}
          </Button>
        </Stack>
      </TotpSetup>
    </form>
  );
}
