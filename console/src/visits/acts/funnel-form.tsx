/** A funnel made anew or changed: a name and two to eight steps. */
import type { Ground, Saved, Step } from '@avow/protocol/staff/visits';
import { Button, CloseButton, Group, Stack, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { QuietButton } from '../head/quiet-button.tsx';
import { useKeeping } from '../saved/keeping.ts';
import { texts } from '../texts.ts';
import { FIRST_STEP, isComplete, StepFields } from './step-fields.tsx';

const MOST_STEPS = 8;

interface Numbered {
  /** Steps may be equal; only this tells them apart. */
  key: number;
  step: Step;
}

export function FunnelForm({ ground, known, done }: { ground: Ground; known: Saved | undefined; done(): void }) {
  const say = texts.useTexts();
  const { refused, busy, keep, replace } = useKeeping();
  const [name, setName] = useState(known?.name ?? '');
  const first = known?.content.kind === 'funnel' ? known.content.steps : [FIRST_STEP, FIRST_STEP];
  const [steps, setSteps] = useState<Numbered[]>(first.map((step, key) => ({ key, step })));
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const body = { name, content: { kind: 'funnel' as const, steps: steps.map(({ step }) => step) } };
    if (await (known ? replace(known.id, body) : keep(body))) done();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {refused && <RefusalNote refused={refused} />}
        <TextInput
          size="xs"
          label={say.funnel.name}
          value={name}
          maxLength={200}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {steps.map(({ key, step }, index) => (
          <Group key={key} gap={4} align="end" wrap="nowrap">
            <div style={{ flex: 1 }}>
              <StepFields
                step={step}
                ground={ground}
                label={say.funnel.step(index + 1)}
                change={(changed) => setSteps(steps.map((one) => (one.key === key ? { ...one, step: changed } : one)))}
              />
            </div>
            <CloseButton
              size="sm"
              mb={4}
              disabled={steps.length <= 2}
              aria-label={say.funnel.drop(index + 1)}
              onClick={() => setSteps(steps.filter((one) => one.key !== key))}
            />
          </Group>
        ))}
        <Group justify="space-between">
          <QuietButton
            disabled={steps.length >= MOST_STEPS}
            onClick={() =>
              setSteps([...steps, { key: Math.max(...steps.map(({ key }) => key)) + 1, step: FIRST_STEP }])
            }
          >
            {say.funnel.another}
          </QuietButton>
          <Button
            type="submit"
            size="xs"
            loading={busy}
            disabled={name.trim() === '' || !steps.every(({ step }) => isComplete(step))}
          >
            {say.funnel.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
