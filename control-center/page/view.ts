/** What every section is drawn from, and how it asks. */
import type { Answer } from '../src/acts.ts';
import type { State } from '../src/state.ts';
import type { Texts } from '../src/texts-en.ts';

export type Language = 'en' | 'de';

export interface View {
  state: State;
  texts: Texts;
  language: Language;
  /** What was just done or refused, beside where it was done. */
  told: Told | null;
  /** Asks, and draws what came of it. `place`: the section that tells it. */
  run(place: Place, path: string, body?: object, tell?: (answer: Answer) => string): Promise<Answer | null>;
  draw(): void;
}

export type Place = 'programme' | 'next' | 'sent' | 'registration' | 'receipt' | 'kept';

export interface Told {
  place: Place;
  good: boolean;
  words: string;
  code?: string;
}
