/** The line under a choice in the terminal that names its keys. The prompts have two lists for it and no setting: they are filled anew. */
import { styleText } from 'node:util';
import type { Language } from '@avow/protocol/refusals';
import { MULTISELECT_INSTRUCTIONS, SELECT_INSTRUCTIONS } from '@clack/prompts';
import { de } from './texts-de.ts';
import { en } from './texts-en.ts';

/** From now on, in this process. */
export function nameKeysIn(language: Language): void {
  const { keys } = language === 'de' ? de : en;
  const hint = ([key, does]: readonly [string, string]) => `${styleText('dim', key)} ${does}`;
  const [move, mark, confirm] = [keys.move, keys.mark, keys.confirm].map(hint) as [string, string, string];
  SELECT_INSTRUCTIONS.splice(0, Number.POSITIVE_INFINITY, move, confirm);
  MULTISELECT_INSTRUCTIONS.splice(0, Number.POSITIVE_INFINITY, move, mark, confirm);
}
