/** A first account: who you are, how you will sign in, the codes for the day something is lost. */

import type { SessionRoutes, SessionState } from '@avow/protocol/staff/session';
import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Refused } from '../api/call.ts';
import { call } from '../api/call.ts';
import { enterSession, useSessionAnswer } from '../api/session.tsx';
import { RecoveryCodes } from '../factors/recovery-codes.tsx';
import { texts as factorTexts } from '../factors/texts.ts';
import { Outside } from '../frame/outside.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { AppStep } from './app-step.tsx';
import { HowStep } from './how-step.tsx';
import { texts } from './texts.ts';
import { type Who, WhoStep } from './who-step.tsx';

type Invitation = SessionRoutes['POST /welcome/look']['answer'];
type Started = SessionRoutes['POST /welcome/totp/options']['answer'];
interface Made {
  session: SessionState;
  recoveryCodes: string[];
}

type Step =
  | { at: 'who' }
  | { at: 'how'; who: Who }
  | { at: 'app'; who: Who; started: Started }
  | { at: 'codes'; made: Made };

export function WelcomePage() {
  // Behind `#`, so that no server writes it into a log.
  const [token] = useState(() => location.hash.slice(1));
  return token ? <Invited token={token} /> : <NeedsLink />;
}

function NeedsLink() {
  const say = texts.useTexts().needsLink;
  const session = useSessionAnswer().data;
  return (
    <Outside title={say.title}>
      <Stack>
        {session?.state === 'setup' ? <Text>{say.setup}</Text> : <Text>{say.invited}</Text>}
        {session && session.state !== 'setup' && (
          <Button variant="default" component={Link} to="/sign-in">
            {say.signIn}
          </Button>
        )}
      </Stack>
    </Outside>
  );
}

function Invited({ token }: { token: string }) {
  const say = texts.useTexts();
  const [invitation, setInvitation] = useState<Invitation | Refused | null>(null);
  useEffect(() => {
    void call('POST /welcome/look', { body: { token } }).then((outcome) =>
      setInvitation(outcome.ok ? outcome.answer : outcome.refused),
    );
  }, [token]);
  if (invitation === null) {
    return (
      <Outside title={say.title}>
        <Skeleton height={220} role="status" aria-label={say.loading} />
      </Outside>
    );
  }
  if ('code' in invitation) {
    return (
      <Outside title={say.refused.title}>
        <Stack>
          <RefusalNote refused={invitation} />
          <Text c="dimmed">{say.refused.hint}</Text>
          <Button variant="default" component={Link} to="/sign-in">
            {say.needsLink.signIn}
          </Button>
        </Stack>
      </Outside>
    );
  }
  return <Steps token={token} invitation={invitation} />;
}

function Steps({ token, invitation }: { token: string; invitation: Invitation }) {
  const say = texts.useTexts();
  const { title: codesTitle } = factorTexts.useTexts().recovery;
  const navigate = useNavigate();
  const [step, setStep] = useState<Step>({ at: 'who' });
  const [who, setWho] = useState<Who>({ name: invitation.name ?? '', email: invitation.email ?? '' });
  const finish = (made: Made) => setStep({ at: 'codes', made });
  switch (step.at) {
    case 'who':
      return (
        <Outside title={say.title}>
          <WhoStep invitation={invitation} who={who} change={setWho} next={() => setStep({ at: 'how', who })} />
        </Outside>
      );
    case 'how':
      return (
        <Outside title={say.how.title}>
          <HowStep
            token={token}
            who={step.who}
            back={() => setStep({ at: 'who' })}
            made={finish}
            started={(started) => setStep({ at: 'app', who: step.who, started })}
          />
        </Outside>
      );
    case 'app':
      return (
        <Outside title={say.app.title}>
          <AppStep
            token={token}
            started={step.started}
            back={() => setStep({ at: 'how', who: step.who })}
            made={finish}
          />
        </Outside>
      );
    case 'codes':
      return (
        <Outside title={codesTitle} wide>
          <RecoveryCodes
            codes={step.made.recoveryCodes}
            email={step.made.session.staff?.email ?? who.email}
            done={() => {
              enterSession(step.made.session);
              void navigate({ to: '/', replace: true });
            }}
          />
        </Outside>
      );
  }
}
