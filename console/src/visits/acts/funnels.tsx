/** Funnels: how many visits come to each of several steps, and how many are lost on the way. */
import type { FunnelAnswer, Ground, Saved } from '@avow/protocol/staff/visits';
import { CloseButton, Group, Modal, Select, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { refusedOf } from '../../api/query-client.ts';
import { Empty } from '../../frame/panel.tsx';
import { RefusalNote } from '../../frame/refusal-note.tsx';
import { Suppressed } from '../../frame/suppressed.tsx';
import { useFormats } from '../../texts/language.tsx';
import { useVisits } from '../asking/answers.ts';
import { useSource } from '../asking/source.tsx';
import { useDescribeFilter } from '../filters/filter-bar.tsx';
import { MissingNote } from '../head/missing-note.tsx';
import { QuietButton } from '../head/quiet-button.tsx';
import { WhyAnswer, WhyPopover } from '../head/why.tsx';
import listStyles from '../lists/lists.module.css';
import { useKeeping } from '../saved/keeping.ts';
import { texts } from '../texts.ts';
import { FunnelForm } from './funnel-form.tsx';
import styles from './funnels.module.css';

export function Funnels({ ground, funnels }: { ground: Ground; funnels: readonly Saved[] }) {
  const say = texts.useTexts();
  const { may } = useSource();
  const { remove } = useKeeping();
  const [wanted, setWanted] = useState<string | null>(null);
  const [form, setForm] = useState<'new' | 'change' | null>(null);
  const funnel = funnels.find(({ id }) => id === wanted) ?? funnels[0];
  const add = <QuietButton onClick={() => setForm('new')}>{say.funnel.add}</QuietButton>;
  return (
    <>
      {funnel ? (
        <>
          <Group justify="space-between" mb="xs">
            <Select
              size="xs"
              aria-label={say.funnel.choose}
              data={funnels.map(({ id, name }) => ({ value: id, label: name }))}
              value={funnel.id}
              allowDeselect={false}
              onChange={setWanted}
            />
            <Group gap={4}>
              {may.explain && (
                <WhyPopover label={funnel.name}>
                  <WhyFunnel ground={ground} funnel={funnel} />
                </WhyPopover>
              )}
              {may.write && (
                <>
                  <QuietButton aria-label={say.funnel.edit(funnel.name)} onClick={() => setForm('change')}>
                    {say.funnel.change}
                  </QuietButton>
                  <CloseButton
                    size="sm"
                    aria-label={say.funnel.remove(funnel.name)}
                    onClick={() => remove(funnel.id)}
                  />
                </>
              )}
            </Group>
          </Group>
          <Funnel ground={ground} funnel={funnel} />
        </>
      ) : (
        <Empty what={say.funnel.none} hint={say.funnel.noneHint} action={may.write && add} />
      )}
      {may.write && funnel && <div className={listStyles.foot}>{add}</div>}
      <Modal
        opened={form !== null}
        onClose={() => setForm(null)}
        size="xl"
        title={form === 'change' && funnel ? say.funnel.edit(funnel.name) : say.funnel.add}
      >
        <FunnelForm ground={ground} known={form === 'change' ? funnel : undefined} done={() => setForm(null)} />
      </Modal>
    </>
  );
}

const stepsOf = ({ content }: Saved) => (content.kind === 'funnel' ? content.steps : []);

function WhyFunnel({ ground, funnel }: { ground: Ground; funnel: Saved }) {
  const answer = useVisits({}, 'POST /visits/funnel', { body: { ...ground, steps: stepsOf(funnel), explain: true } });
  return <WhyAnswer label={funnel.name} answer={answer} />;
}

function Funnel({ ground, funnel }: { ground: Ground; funnel: Saved }) {
  const answer = useVisits({}, 'POST /visits/funnel', { body: { ...ground, steps: stepsOf(funnel) } });
  if (answer.error) return <RefusalNote refused={refusedOf(answer.error)} again={() => answer.refetch()} />;
  if (!answer.data) return <Skeleton height={220} />;
  return (
    <>
      <MissingNote missing={answer.data.missing} />
      <Steps funnel={funnel} answer={answer.data} />
    </>
  );
}

function Steps({ funnel, answer }: { funnel: Saved; answer: FunnelAnswer }) {
  const say = texts.useTexts();
  const { number } = useFormats();
  const { house } = useSource();
  const describe = useDescribeFilter();
  const steps = stepsOf(funnel);
  const first = answer.steps[0]?.value ?? 0;
  const share = (part: number, whole: number) =>
    number(whole === 0 ? 0 : part / whole, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <ol className={styles.steps}>
      {answer.steps.map(({ step, value, suppressed }, index) => {
        const before = index === 0 ? null : (answer.steps[index - 1]?.value ?? null);
        const definition = steps[index];
        return (
          <li key={step}>
            <div className={styles.head}>
              <span className={styles.name}>{definition && describe(definition)}</span>
              <strong>{suppressed ? <Suppressed least={house.suppressedBelow} /> : number(value ?? 0)}</strong>
            </div>
            <div className={styles.track}>
              <div
                className={suppressed ? `${styles.bar} ${listStyles.hatched}` : styles.bar}
                style={{ width: suppressed ? '100%' : `${first === 0 ? 0 : ((value ?? 0) / first) * 100}%` }}
              />
            </div>
            {index > 0 && typeof value === 'number' && (
              <div className={styles.note}>
                {say.funnel.ofFirst(share(value, first))}
                {before !== null &&
                  before > value &&
                  ` · ${say.funnel.lost(number(before - value), share(before - value, before))}`}
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
