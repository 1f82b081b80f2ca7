/**
 * Panels that are drawn together are asked together: those about the same visits travel as one screen, the overview before it. Where the vault refuses the
 * screen, each panel is asked alone, so that one that is too heavy does not take the others with it.
 */
import type { Answer, Ground, Panel } from '@avow/protocol/staff/visits';
import { createAhead } from '../../api/ahead.ts';
import { isAway, RefusedError } from '../../api/refused-error.ts';
import { ask } from './ask.ts';
import type { Source } from './source.tsx';

/** As many as the vault takes at once. */
const MOST_PANELS = 40;

type Asker = Pick<Source, 'reader'>;

interface Waiting {
  source: Asker;
  ground: Ground;
  panel: Panel;
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

let waiting: Waiting[] = [];

/** Asked before the screen was there: see `ask-ahead.ts`. */
const panelsAhead = createAhead<Promise<Answer>>();
const keyOf = (ground: Ground, panel: Panel): string => JSON.stringify([ground, panel]);

export function askPanelAhead(ground: Ground, panel: Panel): void {
  const answer = sendPanel({ reader: null }, ground, panel);
  panelsAhead.keep(keyOf(ground, panel), answer);
  // Whoever takes it hears of its failure.
  answer.catch(() => {});
}

export function askPanel(source: Asker, ground: Ground, panel: Panel): Promise<Answer> {
  const ahead = source.reader === null ? panelsAhead.take(keyOf(ground, panel)) : null;
  return ahead ?? sendPanel(source, ground, panel);
}

function sendPanel(source: Asker, ground: Ground, panel: Panel): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // After everything that is drawn in this turn.
    if (waiting.length === 0) setTimeout(sendWaiting, 0);
    waiting.push({ source, ground, panel, resolve, reject });
  });
}

function sendWaiting(): void {
  const groups = Map.groupBy(waiting, ({ source, ground }) => JSON.stringify([source.reader, ground]));
  waiting = [];
  for (const group of groups.values()) void askInOrder(group);
}

/** Headline figures and graph first: they take less than half the time of the whole, and are what somebody came for. */
async function askInOrder(group: readonly Waiting[]): Promise<void> {
  await askTogether(group.filter(isOverview));
  const others = group.filter((one) => !isOverview(one));
  for (let from = 0; from < others.length; from += MOST_PANELS) {
    void askTogether(others.slice(from, from + MOST_PANELS));
  }
}

const isOverview = ({ panel }: Waiting): boolean => panel.granularity !== undefined;

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
