import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { call } from '../api/call.ts';
import { useAct } from '../api/use-act.ts';
import { NoPasskeysHere, PasskeyNote } from '../factors/passkey-note.tsx';
import { makePasskey, type PasskeyProblem, passkeysHere } from '../factors/passkeys.ts';
import { ConfirmDestructive, type Destruction } from '../frame/confirm-destructive.tsx';
import { DataTable } from '../frame/data-table.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { type Account, type AccountAnswer, changeAccount } from './account-answer.ts';
import { texts } from './texts.ts';

type Passkey = Account['factors']['passkeys'][number];

export function PasskeysPanel({ account }: { account: AccountAnswer }) {
  const say = texts.useTexts().passkeys;
  const [destruction, setDestruction] = useState<Destruction | null>(null);
  const remove = ({ id, label }: Passkey) =>
    setDestruction({
      title: say.removal.title,
      goes: [say.removal.goes(label)],
      stays: [say.removal.stays],
      type: label,
      button: say.removal.button,
      async act() {
        const outcome = await call('DELETE /account/passkeys/:id', { params: { id } });
        if (!outcome.ok) return outcome.refused;
        changeAccount(outcome.answer);
        return null;
      },
    });
  return (
    <AnswerPanel title={say.title} hint={say.hint} answer={account} height={120}>
      {({ factors }) => (
        <Stack gap="md">
          {factors.passkeys.length > 0 && <List passkeys={factors.passkeys} remove={remove} />}
          <Add />
          <ConfirmDestructive destruction={destruction} close={() => setDestruction(null)} />
        </Stack>
      )}
    </AnswerPanel>
  );
}

function List({ passkeys, remove }: { passkeys: readonly Passkey[]; remove(passkey: Passkey): void }) {
  const say = texts.useTexts().passkeys;
  return (
    <DataTable
      label={say.title}
      rows={passkeys}
      rowKey={({ id }) => id}
      columns={[
        { key: 'label', header: say.labelColumn, cell: ({ label }) => label },
        { key: 'created', header: say.created, cell: ({ created }) => <RelativeTime at={created} />, onWideOnly: true },
        {
          key: 'used',
          header: say.lastUsed,
          cell: ({ lastUsed }) => (lastUsed ? <RelativeTime at={lastUsed} /> : say.never),
        },
        {
          key: 'acts',
          header: '',
          align: 'end',
          cell: (passkey) => (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={say.removeOf(passkey.label)}
              onClick={() => remove(passkey)}
            >
              {say.remove}
            </Button>
          ),
        },
      ]}
    />
  );
}

function Add() {
  const say = texts.useTexts().passkeys;
  const [label, setLabel] = useState('');
  const [problem, setProblem] = useState<PasskeyProblem | null>(null);
  const options = useAct('POST /account/passkeys/options');
  const finish = useAct('POST /account/passkeys');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setProblem(null);
    const asked = await options.run({ body: {} });
    if (!asked) return;
    const outcome = await makePasskey(asked.options);
    if ('problem' in outcome) return setProblem(outcome.problem);
    const answer = await finish.run({ body: { challenge: asked.challenge, response: outcome.response, label } });
    if (!answer) return;
    changeAccount(answer);
    setLabel('');
  };
  if (passkeysHere() !== 'yes') return <NoPasskeysHere />;
  const refused = options.refused ?? finish.refused;
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {refused && <RefusalNote refused={refused} />}
        {problem && <PasskeyNote problem={problem} />}
        <Group align="flex-end" gap="sm">
          <TextInput
            label={say.label}
            required
            withAsterisk={false}
            maxLength={60}
            flex={1}
            miw={180}
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={options.busy || finish.busy}>
            {say.add}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
