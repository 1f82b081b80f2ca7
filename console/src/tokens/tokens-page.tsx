import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { answerOptions, useAnswer } from '../api/answers.ts';
import { call } from '../api/call.ts';
import { queryClient } from '../api/query-client.ts';
import type { AnswerOf } from '../api/routes.ts';
import { ConfirmDestructive, type Destruction } from '../frame/confirm-destructive.tsx';
import { DataTable } from '../frame/data-table.tsx';
import { Page } from '../frame/page.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { useFormats } from '../texts/language.tsx';
import { permissionNames } from '../texts/permission-names.ts';
import { MakeTokenDialog } from './make-token-dialog.tsx';
import { texts } from './texts.ts';

type Token = AnswerOf<'GET /tokens'>['tokens'][number];

function reload(): void {
  void queryClient.invalidateQueries({ queryKey: answerOptions('GET /tokens').queryKey });
}

export function TokensPage() {
  const say = texts.useTexts();
  const answer = useAnswer('GET /tokens');
  const [making, setMaking] = useState(false);
  const [destruction, setDestruction] = useState<Destruction | null>(null);
  const revoke = ({ id, label }: Token) =>
    setDestruction({
      title: say.revoking.title,
      goes: [say.revoking.goes(label)],
      stays: [say.revoking.stays],
      type: label,
      button: say.revoking.button,
      async act() {
        const outcome = await call('DELETE /tokens/:id', { params: { id } });
        if (outcome.ok) reload();
        return outcome.ok ? null : outcome.refused;
      },
    });
  const make = <Button onClick={() => setMaking(true)}>{say.make}</Button>;
  return (
    <Page title={say.title} actions={make}>
      <Text mb="md" c="dimmed">
        {say.what}
      </Text>
      <AnswerPanel
        title={say.panel}
        answer={answer}
        height={200}
        empty={({ tokens }) => tokens.length === 0 && { what: say.none, hint: say.noneHint, action: make }}
      >
        {({ tokens }) => <Tokens tokens={tokens} revoke={revoke} />}
      </AnswerPanel>
      <MakeTokenDialog opened={making} close={() => setMaking(false)} made={reload} />
      <ConfirmDestructive destruction={destruction} close={() => setDestruction(null)} />
    </Page>
  );
}

function Tokens({ tokens, revoke }: { tokens: readonly Token[]; revoke(token: Token): void }) {
  const say = texts.useTexts();
  const names = permissionNames.useTexts();
  const { day } = useFormats();
  return (
    <DataTable
      label={say.panel}
      rows={tokens}
      rowKey={({ id }) => id}
      columns={[
        { key: 'label', header: say.label, cell: ({ label }) => label },
        {
          key: 'permissions',
          header: say.permissions,
          cell: ({ permissions }) => permissions.map((permission) => <div key={permission}>{names[permission]}</div>),
        },
        { key: 'by', header: say.madeBy, cell: ({ madeBy }) => madeBy ?? say.operator, onWideOnly: true },
        { key: 'created', header: say.created, cell: ({ created }) => day(created), onWideOnly: true },
        {
          key: 'valid',
          header: say.validThrough,
          cell: ({ validThrough }) => (validThrough ? day(validThrough) : say.unlimited),
          onWideOnly: true,
        },
        {
          key: 'used',
          header: say.lastUsed,
          cell: ({ lastUsed }) => (lastUsed ? <RelativeTime at={lastUsed} /> : say.never),
          onWideOnly: true,
        },
        {
          key: 'acts',
          header: '',
          align: 'end',
          cell: (token) => (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={say.revokeOf(token.label)}
              onClick={() => revoke(token)}
            >
              {say.revoke}
            </Button>
          ),
        },
      ]}
    />
  );
}
