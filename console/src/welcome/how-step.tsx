import type { SessionRoutes } from '@avow/protocol/staff/session';
import { Button, Divider, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useAct } from '../api/use-act.ts';
import { NoPasskeysHere, PasskeyNote } from '../factors/passkey-note.tsx';
import { makePasskey, type PasskeyProblem, passkeysHere } from '../factors/passkeys.ts';
import { LEAST_PASSWORD } from '../factors/password-length.ts';
import { texts as factorTexts } from '../factors/texts.ts';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { useLanguage } from '../texts/language.tsx';
import { texts } from './texts.ts';
import type { Who } from './who-step.tsx';

interface StepProps {
  token: string;
  who: Who;
  back(): void;
  made(made: SessionRoutes['POST /welcome/passkey']['answer']): void;
  started(started: SessionRoutes['POST /welcome/totp/options']['answer']): void;
}

export function HowStep(step: StepProps) {
  const say = texts.useTexts().how;
  return (
    <Stack>
      <WithPasskey {...step} />
      <Divider />
      <WithPassword {...step} />
      <Button variant="subtle" color="gray" c="inherit" onClick={step.back}>
        {say.back}
      </Button>
    </Stack>
  );
}

function WithPasskey({ token, who, made }: StepProps) {
  const say = texts.useTexts().how;
  const language = useLanguage();
  const [label, setLabel] = useState(say.labelGiven);
  const [problem, setProblem] = useState<PasskeyProblem | null>(null);
  const options = useAct('POST /welcome/passkey/options');
  const finish = useAct('POST /welcome/passkey');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setProblem(null);
    const asked = await options.run({ body: { token, ...who } });
    if (!asked) return;
    const outcome = await makePasskey(asked.options);
    if ('problem' in outcome) return setProblem(outcome.problem);
    const body = { token, challenge: asked.challenge, response: outcome.response, label, language };
    const answer = await finish.run({ body });
    if (answer) made(answer);
  };
  const refused = options.refused ?? finish.refused;
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group justify="space-between" align="baseline">
          <Title order={2}>{say.passkey}</Title>
          <Text size="sm" c="var(--avow-good)">
            {say.recommended}
          </Text>
        </Group>
        <Text size="sm" c="dimmed">
          {say.passkeyHint}
        </Text>
        {refused && <RefusalNote refused={refused} />}
        {problem && <PasskeyNote problem={problem} />}
        {passkeysHere() === 'yes' ? (
          <>
            <TextInput
              label={say.label}
              description={say.labelHint}
              required
              withAsterisk={false}
              maxLength={60}
              value={label}
              onChange={(event) => setLabel(event.currentTarget.value)}
            />
            <Button type="submit" loading={options.busy || finish.busy}>
              {say.makePasskey}
            </Button>
          </>
        ) : (
          <NoPasskeysHere />
        )}
      </Stack>
    </form>
  );
}

function WithPassword({ token, who, started }: StepProps) {
  const say = texts.useTexts().how;
  const factor = factorTexts.useTexts();
  const [password, setPassword] = useState('');
  const options = useAct('POST /welcome/totp/options');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const answer = await options.run({ body: { token, ...who, password } });
    if (answer) started(answer);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Title order={2}>{say.password}</Title>
        <Text size="sm" c="dimmed">
          {say.passwordHint}
        </Text>
        {options.refused && <RefusalNote refused={options.refused} />}
        {/* So that password managers know for whom. */}
        <input type="hidden" name="username" autoComplete="username" value={who.email} />
        <PasswordInput
          label={factor.password}
          description={factor.passwordHint(LEAST_PASSWORD)}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={LEAST_PASSWORD}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={options.problem('password')}
        />
        <Button type="submit" variant="default" loading={options.busy}>
          {say.choosePassword}
        </Button>
      </Stack>
    </form>
  );
}
