/** Answers on their way to an edge: kept until the edge has confirmed them, sent as soon as there is one. */
import type { LinkAnswer } from '@avow/protocol/link';

/** Well below MAX_LINK_BYTES: 64 answers of the largest class would not fit into one call. */
const MAX_BATCH_CHARACTERS = 12 * 1024 * 1024;

export interface OutgoingAnswers {
  readonly size: number;
  add(answer: LinkAnswer): void;
  /** Settles when there is something to send. */
  waiting(): Promise<void>;
  /** What to send next; stays here until confirmed. */
  batch(): LinkAnswer[];
  confirm(sent: readonly LinkAnswer[]): void;
}

export function createOutgoingAnswers(): OutgoingAnswers {
  const answers = new Map<string, LinkAnswer>();
  let wake: () => void = () => {};

  return {
    get size() {
      return answers.size;
    },
    add(answer) {
      answers.set(answer.id, answer);
      wake();
    },
    waiting() {
      if (answers.size > 0) return Promise.resolve();
      return new Promise((resolve) => {
        wake = resolve;
      });
    },
    batch() {
      const chosen: LinkAnswer[] = [];
      let characters = 0;
      for (const answer of answers.values()) {
        characters += answer.body?.length ?? 0;
        if (chosen.length > 0 && characters > MAX_BATCH_CHARACTERS) break;
        chosen.push(answer);
      }
      return chosen;
    },
    confirm(sent) {
      for (const { id } of sent) answers.delete(id);
    },
  };
}
