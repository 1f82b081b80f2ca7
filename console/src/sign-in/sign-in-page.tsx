/** Back into the house: a passkey, or a password and then a code, or a recovery code for a passkey that is lost. */

import { REFUSALS } from '@avow/protocol/refusals';
import type { SessionState } from '@avow/protocol/staff/session';
import { Button, Divider, PasswordInput, Skeleton, Stack, TextInput } from '@mantine/core';
import { getRouteApi, Navigate, useRouter } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { refusedOf } from '../api/query-client.ts';
import { enterSession, useSessionAnswer } from '../api/session.tsx';
import { useAct } from '../api/use-act.ts';
import { NoPasskeysHere, PasskeyNote } from '../factors/passkey-note.tsx';
import { type PasskeyProblem, passkeysHere, signWithPasskey } from '../factors/passkeys.ts';
import { texts as factorTexts } from '../factors/texts.ts';
import { Outside } from '../frame/outside.tsx';
import { Note, RefusalNote } from '../frame/refusal-note.tsx';
import { useLanguage } from '../texts/language.tsx';
import { LostPasskey } from './lost-passkey.tsx';
import { SecondStep } from './second-step.tsx';
import { texts } from './texts.ts';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const say = texts.useTexts();
  const answer = useSessionAnswer();
  const { history } = useRouter();
  const { next = '/', refused } = route.useSearch();
  const language = useLanguage();
  const [challenge, setChallenge] = useState<string | null>(null);
  const [lost, setLost] = useState(false);
  const enter = (session: SessionState) => {
    enterSession(session);
    history.push(next);
  };
  const title = lost ? say.lost.title : challenge === null ? say.title : say.second.title;
  if (answer.data?.state === 'setup') return <Navigate to="/welcome" replace />;
  if (answer.data?.state === 'signed-in') return <Navigate to={next} replace />;
  return (
    <Outside title={title}>
      {answer.data === undefined ? (
        answer.error ? (
          <RefusalNote refused={refusedOf(answer.error)} again={() => answer.refetch()} />
        ) : (
          <Skeleton height={280} />
        )
      ) : lost ? (
        <LostPasskey enter={enter} again={() => setLost(false)} />
      ) : challenge === null ? (
        <Stack>
          {refused && <Note code={refused}>{REFUSALS[refused][language]}</Note>}
          <WithPasskey enter={enter} />
          {answer.data.openIdProvider && (
            <Button variant="default" component="a" href="/api/session/openid">
              {say.openId(answer.data.openIdProvider)}
            </Button>
          )}
          <Divider label={say.or} />
          <WithPassword challenged={setChallenge} />
          {passkeysHere() === 'yes' && (
            <Button variant="subtle" color="gray" c="inherit" onClick={() => setLost(true)}>
              {say.lost.open}
            </Button>
          )}
        </Stack>
      ) : (
        <SecondStep challenge={challenge} enter={enter} again={() => setChallenge(null)} />
      )}
    </Outside>
  );
}

function WithPasskey({ enter }: { enter(session: SessionState): void }) {
  const say = texts.useTexts();
  const [problem, setProblem] = useState<PasskeyProblem | null>(null);
  const options = useAct('POST /session/passkey/options');
  const finish = useAct('POST /session/passkey');
  const sign = async () => {
    setProblem(null);
    finish.forget();
    const asked = await options.run({ body: {} });
    if (!asked) return;
    const outcome = await signWithPasskey(asked.options);
    if ('problem' in outcome) return setProblem(outcome.problem);
    const session = await finish.run({ body: { challenge: asked.challenge, response: outcome.response } });
    if (session) enter(session);
  };
  if (passkeysHere() !== 'yes') return <NoPasskeysHere />;
  const refused = options.refused ?? finish.refused;
  return (
    <>
      {refused && <RefusalNote refused={refused} />}
      {problem && <PasskeyNote problem={problem} />}
      <Button onClick={sign} loading={options.busy || finish.busy}>
        {say.passkey}
      </Button>
    </>
  );
}

function WithPassword({ challenged }: { challenged(challenge: string): void }) {
  const say = texts.useTexts();
  const factor = factorTexts.useTexts();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const act = useAct('POST /session/password');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const answer = await act.run({ body: { email, password } });
    if (answer) challenged(answer.challenge);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {act.refused && <RefusalNote refused={act.refused} />}
        <TextInput
          label={say.email}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={act.problem('email')}
        />
        <PasswordInput
          label={factor.password}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={act.problem('password')}
        />
        <Button type="submit" variant={passkeysHere() === 'yes' ? 'default' : 'filled'} loading={act.busy}>
          {say.signIn}
        </Button>
      </Stack>
    </form>
  );
}
