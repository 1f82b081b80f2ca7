/** A panel and its five states: empty, loading, partial, failed, suppressed. */
import { Skeleton, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { refusedOf } from '../api/query-client.ts';
import styles from './panel.module.css';
import { RefusalNote } from './refusal-note.tsx';
import { Suppressed } from './suppressed.tsx';
import { texts } from './texts.ts';

interface Head {
  title: string;
  /** One sentence under the title. */
  hint?: ReactNode;
  /** Small buttons at the right of the title. */
  actions?: ReactNode;
}

/** A frame with a title, for what is always there. */
export function Panel({ title, hint, actions, children }: Head & { children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <div>
          <Title order={2} id={id}>
            {title}
          </Title>
          {hint && (
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          )}
        </div>
        {actions}
      </div>
      <div className={styles.body}>{children}</div>
    </section>
  );
}

/** What stands in an empty panel: what is not there, and what to do. */
export interface Nothing {
  what: string;
  hint?: ReactNode;
  action?: ReactNode;
}

/** What the panel needs of a question asked through TanStack Query. */
interface Asked<Answer> {
  data: Answer | undefined;
  error: Error | null;
  isPlaceholderData: boolean;
  refetch(): unknown;
}

/** A frame around the answer to a question. `height` is kept while it loads, and is the least in every other state: nothing jumps. */
export function AnswerPanel<Answer>(
  panel: Head & {
    answer: Asked<Answer>;
    /** Pixels. */
    height: number;
    empty?(answer: Answer): Nothing | null | false;
    /** What could not be read, in a sentence, where the rest can be shown. */
    partial?(answer: Answer): string | null;
    /** The least number of people, where the whole answer is withheld. */
    suppressed?(answer: Answer): number | null;
    children(answer: Answer): ReactNode;
  },
) {
  const { answer, height, title, hint, actions } = panel;
  return (
    <Panel title={title} hint={hint} actions={actions}>
      <div style={{ minHeight: height }} className={answer.isPlaceholderData ? styles.stale : undefined}>
        <AnswerState {...panel} />
      </div>
    </Panel>
  );
}

function AnswerState<Answer>(panel: Parameters<typeof AnswerPanel<Answer>>[0]) {
  const say = texts.useTexts();
  const { answer, height } = panel;
  const { data, error } = answer;
  // An older answer is better than none; that it could not be renewed is said above it.
  const failure = error && <RefusalNote refused={refusedOf(error)} again={() => answer.refetch()} />;
  if (data === undefined) {
    return failure || <Skeleton height={height} aria-label={say.loading} role="status" />;
  }
  const least = panel.suppressed?.(data) ?? null;
  const nothing = panel.empty?.(data) || null;
  const partial = panel.partial?.(data) ?? null;
  return (
    <>
      {failure}
      {partial !== null && (
        <Text size="sm" c="var(--avow-warning)" mb="xs">
          {say.partial} {partial}
        </Text>
      )}
      {least !== null ? (
        <Suppressed least={least} explained />
      ) : nothing ? (
        <Empty {...nothing} />
      ) : (
        panel.children(data)
      )}
    </>
  );
}

export function Empty({ what, hint, action }: Nothing) {
  return (
    <div className={styles.state}>
      <Text fw={600}>{what}</Text>
      {hint && <Text c="dimmed">{hint}</Text>}
      {action}
    </div>
  );
}
