import type { SettingsCheck } from '@avow/protocol/staff/operations';
import { Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { call, type Refused } from '../api/call.ts';
import { DataTable } from '../frame/data-table.tsx';
import { Panel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { texts } from './texts.ts';

export function CheckPanel() {
  const say = texts.useTexts().check;
  const [checked, setChecked] = useState<SettingsCheck | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const check = async () => {
    setBusy(true);
    const outcome = await call('POST /settings/check', { body: {} });
    setBusy(false);
    setChecked(outcome.ok ? outcome.answer : null);
    setRefused(outcome.ok ? null : outcome.refused);
  };
  return (
    <Panel title={say.title} hint={say.hint}>
      <Stack gap="sm" mih={244}>
        <Group>
          <Button variant="default" onClick={check} loading={busy}>
            {say.button}
          </Button>
        </Group>
        {refused && <RefusalNote refused={refused} />}
        <div role="status">{checked && <Outcome checked={checked} />}</div>
      </Stack>
    </Panel>
  );
}

function Outcome({ checked: { usable, problems, changes } }: { checked: SettingsCheck }) {
  const say = texts.useTexts().check;
  if (!usable) {
    return (
      <Stack gap="xs">
        <Text c="var(--avow-bad)" fw={600}>
          {say.unusable}
        </Text>
        <List size="sm">
          {problems.map((problem) => (
            <List.Item key={problem}>
              <Code>{problem.trim()}</Code>
            </List.Item>
          ))}
        </List>
      </Stack>
    );
  }
  if (changes.length === 0) return <Text c="var(--avow-good)">{say.same}</Text>;
  return (
    <Stack gap="xs">
      <Text fw={600}>{say.usable(changes.length)}</Text>
      <DataTable
        label={say.title}
        rows={changes}
        rowKey={({ path }) => path}
        columns={[
          { key: 'path', header: say.columns.path, cell: ({ path }) => <Code>{path}</Code> },
          { key: 'inForce', header: say.columns.inForce, cell: ({ inForce }) => inForce ?? say.absent },
          { key: 'inFile', header: say.columns.inFile, cell: ({ inFile }) => inFile ?? say.absent },
        ]}
      />
    </Stack>
  );
}
