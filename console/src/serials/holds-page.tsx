import type { HoldResolution, SerialHold } from '@avow/protocol/staff/serials';
import { Button, Code, Modal, Radio, Stack, Text } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { answerOptions, useAnswer } from '../api/answers.ts';
import { call, type Refused } from '../api/call.ts';
import { queryClient } from '../api/query-client.ts';
import { useMay } from '../api/session.tsx';
import { DataTable } from '../frame/data-table.tsx';
import { Page } from '../frame/page.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { texts } from './texts.ts';
import { TransfersPanel } from './transfers-panel.tsx';

const ANSWERS: readonly HoldResolution[] = ['household', 'sold', 'stolen', 'mistake'];

export function HoldsPage() {
  const say = texts.useTexts();
  const may = useMay()('serials:write');
  const [open, setOpen] = useState<SerialHold | null>(null);
  const [settled, setSettled] = useState(false);
  const answer = useAnswer('GET /serials/holds');
  return (
    <Page title={say.holds.title}>
      <Stack>
        <AnswerPanel
          title={say.holds.waiting}
          hint={say.holds.hint}
          answer={answer}
          height={160}
          empty={({ holds }) => holds.length === 0 && { what: say.holds.none, hint: say.holds.noneHint }}
        >
          {({ holds }) => (
            <DataTable
              label={say.holds.waiting}
              rows={holds}
              rowKey={({ id }) => id}
              columns={[
                { key: 'title', header: say.holds.columns.title, cell: ({ title }) => title },
                {
                  key: 'since',
                  header: say.holds.columns.since,
                  width: '9rem',
                  cell: ({ day }) => <RelativeTime at={day} />,
                },
                {
                  key: 'until',
                  header: say.holds.columns.until,
                  onWideOnly: true,
                  width: '13rem',
                  cell: ({ answerThrough }) => <RelativeTime at={answerThrough} />,
                },
                {
                  key: 'act',
                  header: say.holds.columns.act,
                  width: '7rem',
                  cell: (hold) =>
                    may && (
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={say.holds.settleOf(hold.title, hold.id.slice(0, 8))}
                        onClick={() => setOpen(hold)}
                      >
                        {say.holds.settle}
                      </Button>
                    ),
                },
              ]}
            />
          )}
        </AnswerPanel>
        <Text role="status" c="var(--avow-good)">
          {settled && say.holds.settled}
        </Text>
        <TransfersPanel />
      </Stack>
      <Modal opened={open !== null} onClose={() => setOpen(null)} title={say.holds.dialogue} centered>
        {open && (
          <Resolution
            hold={open}
            done={() => {
              setOpen(null);
              setSettled(true);
              void queryClient.invalidateQueries({ queryKey: answerOptions('GET /serials/holds').queryKey });
            }}
          />
        )}
      </Modal>
    </Page>
  );
}

function Resolution({ hold, done }: { hold: SerialHold; done(): void }) {
  const say = texts.useTexts();
  const [chosen, setChosen] = useState<HoldResolution | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (chosen === null) return;
    setBusy(true);
    const outcome = await call('POST /serials/holds/:id/answer', {
      params: { id: hold.id },
      body: { answer: chosen },
    });
    setBusy(false);
    if (outcome.ok) done();
    else setRefused(outcome.refused);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {refused && <RefusalNote refused={refused} />}
        <Text>
          {hold.title} · <Code>{hold.claimId.slice(0, 8)}</Code> / <Code>{hold.ownerId.slice(0, 8)}</Code>
        </Text>
        <Radio.Group
          aria-label={say.holds.dialogue}
          value={chosen}
          onChange={(value) => setChosen(ANSWERS.find((answer) => answer === value) ?? null)}
        >
          <Stack gap="xs">
            {ANSWERS.map((answer) => (
              <Radio
                key={answer}
                value={answer}
                label={say.holds.answers[answer]}
                description={chosen === answer ? say.holds.consequences[answer] : undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Button type="submit" loading={busy} disabled={chosen === null}>
          {say.holds.button}
        </Button>
      </Stack>
    </form>
  );
}
