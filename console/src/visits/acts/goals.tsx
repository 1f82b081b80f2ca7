/** Goals: in how many visits each was reached. Choosing one filters by the visits in which it was. */
import type { Filter, Ground, Saved } from '@avow/protocol/staff/visits';
import { Button, CloseButton, Group, Modal, Skeleton, Stack, TextInput, UnstyledButton } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { refusedOf } from '../../api/query-client.ts';
import { Empty } from '../../frame/panel.tsx';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { Suppressed } from '../../frame/suppressed.tsx';
import { useFormats } from '../../texts/language.tsx';
import { usePanel, useVisits } from '../asking/answers.ts';
import { useSource } from '../asking/source.tsx';
import { MissingNote } from '../head/missing-note.tsx';
import { QuietButton } from '../head/quiet-button.tsx';
import { WhyAnswer, WhyPopover } from '../head/why.tsx';
import styles from '../lists/lists.module.css';
import { useKeeping } from '../saved/keeping.ts';
import { texts } from '../texts.ts';
import { FIRST_STEP, isComplete, StepFields } from './step-fields.tsx';

export function Goals({
  ground,
  saved,
  filters,
  setFilters,
}: {
  ground: Ground;
  saved: readonly Saved[];
  filters: readonly Filter[];
  setFilters(filters: Filter[]): void;
}) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const { may, house } = useSource();
  const answer = useVisits({}, 'POST /visits/goals', { body: ground });
  const whole = usePanel(ground, { metrics: ['visits'] }).data?.totals.visits?.value ?? 0;
  const { remove } = useKeeping();
  const [adding, setAdding] = useState(false);
  if (answer.error) return <RefusalNote refused={refusedOf(answer.error)} again={() => answer.refetch()} />;
  if (!answer.data) return <Skeleton height={280} />;
  const { goals, missing } = answer.data;
  const most = Math.max(1, ...goals.map(({ visits }) => visits.value ?? 0));
  const pick = (id: string) => {
    const goal = saved.find((one) => one.id === id);
    if (goal?.content.kind === 'goal') setFilters([...filters, { ...goal.content.step, within: 'visit' }]);
  };
  const add = <QuietButton onClick={() => setAdding(true)}>{say.goal.add}</QuietButton>;
  return (
    <>
      {goals.length === 0 && <Empty what={say.goal.none} hint={say.goal.noneHint} action={may.write && add} />}
      {goals.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{say.list.goals}</th>
              <th scope="col" className={styles.figure}>
                {say.metric.visits}
              </th>
              <th scope="col" className={styles.figure}>
                {may.explain && (
                  <WhyPopover label={say.list.goals}>
                    <WhyGoals ground={ground} />
                  </WhyPopover>
                )}
                {say.goal.rate}
              </th>
            </tr>
          </thead>
          <tbody>
            {goals.map(({ id, name, visits }) => (
              <tr key={id}>
                <td className={styles.name}>
                  <span
                    className={visits.suppressed ? `${styles.bar} ${styles.hatched}` : styles.bar}
                    style={{ width: visits.suppressed ? '12%' : `${((visits.value ?? 0) / most) * 100}%` }}
                  />
                  <span className={styles.cell}>
                    <UnstyledButton
                      className={styles.value}
                      onClick={() => pick(id)}
                      aria-label={say.filter.only(name)}
                    >
                      {name}
                    </UnstyledButton>
                    {may.write && (
                      <CloseButton
                        size="xs"
                        className={styles.quiet}
                        aria-label={say.goal.remove(name)}
                        onClick={() => remove(id)}
                      />
                    )}
                  </span>
                </td>
                <td className={styles.figure}>
                  {visits.suppressed ? <Suppressed least={house.suppressedBelow} /> : number(visits.value ?? 0)}
                </td>
                <td className={styles.figure}>
                  {typeof visits.value === 'number' && whole > 0
                    ? number(visits.value / whole, { style: 'percent', maximumFractionDigits: 1 })
                    : ''}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MissingNote missing={goals.length > 0 ? missing : undefined} />
      {may.write && goals.length > 0 && <div className={styles.foot}>{add}</div>}
      <Modal opened={adding} onClose={() => setAdding(false)} title={say.goal.add} size="lg">
        <GoalForm ground={ground} done={() => setAdding(false)} />
      </Modal>
    </>
  );
}

function WhyGoals({ ground }: { ground: Ground }) {
  const say = texts.useTexts();
  const answer = useVisits({}, 'POST /visits/goals', { body: { ...ground, explain: true } });
  return <WhyAnswer label={say.list.goals} answer={answer} />;
}

function GoalForm({ ground, done }: { ground: Ground; done(): void }) {
  const say = texts.useTexts();
  const { refused, busy, keep } = useKeeping();
  const [name, setName] = useState('');
  const [step, setStep] = useState(FIRST_STEP);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await keep({ name, content: { kind: 'goal', step } })) done();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {refused && <RefusalNote refused={refused} />}
        <TextInput
          size="xs"
          label={say.goal.name}
          value={name}
          maxLength={200}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <StepFields step={step} change={setStep} ground={ground} label={say.funnel.step(1)} />
        <Group justify="flex-end">
          <Button type="submit" size="xs" loading={busy} disabled={name.trim() === '' || !isComplete(step)}>
            {say.goal.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
