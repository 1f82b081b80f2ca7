import { TOKEN_PERMISSIONS } from '@avow/protocol/staff/roles';
import { Button, Checkbox, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useAct } from '../api/use-act.ts';
import { CopyButton } from '../frame/copy-button.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { texts as frameTexts } from '../frame/texts.ts';
import { permissionNames } from '../texts/permission-names.ts';
import { texts } from './texts.ts';

export function MakeTokenDialog({ opened, close, made }: { opened: boolean; close(): void; made(): void }) {
  const say = texts.useTexts().making;
  return (
    <Modal opened={opened} onClose={close} title={say.title} centered>
      {opened && <MakeToken close={close} made={made} />}
    </Modal>
  );
}

function MakeToken({ close, made }: { close(): void; made(): void }) {
  const say = texts.useTexts().making;
  const frame = frameTexts.useTexts();
  const names = permissionNames.useTexts();
  const [label, setLabel] = useState('');
  const [permissions, setPermissions] = useState<string[]>(['visits:read']);
  const [validThrough, setValidThrough] = useState('');
  const [token, setToken] = useState<string | null>(null);
  const act = useAct('POST /tokens');
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const chosen = TOKEN_PERMISSIONS.filter((permission) => permissions.includes(permission));
    const answer = await act.run({ body: { label, permissions: chosen, validThrough: validThrough || null } });
    if (!answer) return;
    setToken(answer.token);
    made();
  };
  if (token !== null) return <Made token={token} close={close} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        {act.refused && <RefusalNote refused={act.refused} />}
        <TextInput
          label={say.label}
          description={say.labelHint}
          autoComplete="off"
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          error={act.problem('label')}
        />
        <Checkbox.Group
          label={say.permissions}
          value={permissions}
          onChange={setPermissions}
          error={act.problem('permissions')}
        >
          <Stack gap="xs" mt="xs">
            {TOKEN_PERMISSIONS.map((permission) => (
              <Checkbox key={permission} value={permission} label={names[permission]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <TextInput
          label={say.validThrough}
          description={say.validHint}
          type="date"
          value={validThrough}
          onChange={(event) => setValidThrough(event.currentTarget.value)}
          error={act.problem('validThrough')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {frame.cancel}
          </Button>
          <Button type="submit" loading={act.busy} disabled={permissions.length === 0}>
            {say.make}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Made({ token, close }: { token: string; close(): void }) {
  const say = texts.useTexts().making;
  return (
    <Stack>
      <Text fw={600} role="status">
        {say.done}
      </Text>
      <Text>
        {say.doneHint} <Code>Authorization: Bearer …</Code>
      </Text>
      <Group wrap="nowrap" align="flex-start">
        <Code fz="sm" flex={1} style={{ overflowWrap: 'anywhere' }} aria-label={say.token}>
          {token}
        </Code>
        <CopyButton value={token} />
      </Group>
      <Group justify="flex-end">
        <Button onClick={close}>{say.close}</Button>
      </Group>
    </Stack>
  );
}
