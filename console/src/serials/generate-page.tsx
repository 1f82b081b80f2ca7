import type { SoldSuite } from '@avow/protocol/staff/serials';
import { Button, Group, NumberInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import { useAnswer } from '../api/answers.ts';
import { call, type Refused } from '../api/call.ts';
import { Page } from '../frame/page.tsx';
import { AnswerPanel } from '../frame/panel.tsx';
import { RefusalNote } from '../frame/refusal-note.tsx';
import { EditionFields, firstEdition } from './edition-fields.tsx';
import styles from './serials.module.css';
import { texts } from './texts.ts';

export function GeneratePage() {
  const say = texts.useTexts();
  return (
    <Page title={say.generate.title} crumbs={[{ label: say.title, to: '/serials' }]}>
      <AnswerPanel
        title={say.generate.title}
        hint={say.generate.intro}
        answer={useAnswer('GET /serials/products')}
        height={420}
      >
        {({ suites }) => <GenerateForm suites={suites} />}
      </AnswerPanel>
    </Page>
  );
}

function GenerateForm({ suites }: { suites: readonly SoldSuite[] }) {
  const say = texts.useTexts();
  const navigate = useNavigate();
  const [product, setProduct] = useState(firstEdition(suites));
  const [count, setCount] = useState<number | string>(1_000);
  const [kind, setKind] = useState<'unit' | 'pressed'>('unit');
  const [keyId, setKeyId] = useState<number | string>(0);
  const [note, setNote] = useState('');
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const wanted = Number(count) || 0;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const body = { ...product, count: wanted, kind, keyId: Number(keyId) || 0, note };
    const outcome = await call('POST /serials/batches', { body });
    setBusy(false);
    if (outcome.ok) void navigate({ to: '/jobs/$id', params: { id: outcome.answer.jobId } });
    else setRefused(outcome.refused);
  };
  const problem = (field: string) => refused?.fields[field]?.message;
  return (
    <form onSubmit={submit} className={styles.form}>
      <Stack>
        {refused && <RefusalNote refused={refused} />}
        <EditionFields suites={suites} chosen={product} choose={setProduct} />
        <NumberInput
          label={say.generate.count}
          description={say.generate.countHint}
          value={count}
          onChange={setCount}
          min={1}
          max={10_000_000}
          allowDecimal={false}
          thousandSeparator=" "
          hideControls
          error={problem('count')}
        />
        <Radio.Group
          label={say.generate.kind}
          value={kind}
          onChange={(value) => setKind(value === 'pressed' ? 'pressed' : 'unit')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="unit" label={say.generate.kinds.unit} />
            <Radio value="pressed" label={say.generate.kinds.pressed} />
          </Stack>
        </Radio.Group>
        <NumberInput
          label={say.generate.keyId}
          description={say.generate.keyHint}
          value={keyId}
          onChange={setKeyId}
          min={0}
          max={15}
          allowDecimal={false}
          hideControls
          error={problem('keyId')}
        />
        <NoteField value={note} change={setNote} error={problem('note')} />
        <Group>
          <Button type="submit" loading={busy} disabled={wanted < 1}>
            {say.generate.button(wanted)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function NoteField(field: { value: string; change(value: string): void; error?: string | undefined }) {
  const say = texts.useTexts();
  return (
    <TextInput
      label={
        <>
          {say.generate.note}{' '}
          <Text span size="sm" c="dimmed" fw={400}>
            ({say.generate.optional})
          </Text>
        </>
      }
      description={say.generate.noteHint}
      value={field.value}
      onChange={(event) => field.change(event.currentTarget.value)}
      maxLength={200}
      error={field.error}
    />
  );
}
