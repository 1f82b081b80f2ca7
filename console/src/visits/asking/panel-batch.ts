/**
 * Panels that are drawn together are asked together: those about the same visits travel as one screen. Where the vault refuses the
 * screen, each panel is asked alone, so that one that is too heavy does not take the others with it.
 */
import type { Answer, Ground, Panel } from '@avow/protocol/staff/visits';
import { isAway, RefusedError } from '../../api/query-client.ts';
import { ask, type Source } from './source.tsx';

/** As many as the vault takes at once. */
const MOST_PANELS = 40;

interface Waiting {
  source: Source;
  ground: Ground;
  panel: Panel;
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

let waiting: Waiting[] = [];

export function askPanel(source: Source, ground: Ground, panel: Panel): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // After everything that is drawn in this turn.
    if (waiting.length === 0) setTimeout(sendWaiting, 0);
    waiting.push({ source, ground, panel, resolve, reject });
  });
}

function sendWaiting(): void {
  const groups = Map.groupBy(waiting, ({ source, ground }) => JSON.stringify([source.reader, ground]));
  waiting = [];
  for (const group of groups.values()) {
    for (let from = 0; from < group.length; from += MOST_PANELS)
      void askTogether(group.slice(from, from + MOST_PANELS));
  }
}

async function askTogether(group: readonly Waiting[]): Promise<void> {
  const [first] = group;
  if (!first) return;
  if (group.length === 1) return askAlone(first);
  const panels = Object.fromEntries(group.map(({ panel }, index) => [`p${index}`, panel]));
  const outcome = await ask(first.source, 'POST /visits/screen', { body: { ...first.ground, panels } });
  if (!outcome.ok) {
    const error = new RefusedError(outcome.refused);
    if (isAway(error)) for (const one of group) one.reject(error);
    else await Promise.all(group.map(askAlone));
    return;
  }
  group.forEach((one, index) => {
    const answer = outcome.answer.panels[`p${index}`];
    if (answer) one.resolve(answer);
  });
}

async function askAlone({ source, ground, panel, resolve, reject }: Waiting): Promise<void> {
  const outcome = await ask(source, 'POST /visits/query', { body: { ...ground, ...panel } });
  if (outcome.ok) resolve(outcome.answer);
  else reject(new RefusedError(outcome.refused));
}
