/** What the page can ask for, by method and path. Each answers with everything that is to be shown afterwards. */
import type { RefusalCode } from '@avow/protocol/refusals';
import type { RegistrationDialog, RegistrationResult } from '@avow/sdk/registration/register-product';
import type { Change, Suite } from '@avow/sdk/suite';
import { readState, type State } from './state.ts';

/** What came of it, beside how things stand now. */
export interface Answer {
  state: State;
  /** Of a change: why it was not done. */
  notDone?: Extract<Change, { done: false }>['why'];
  registration?: Exclude<RegistrationResult, { kind: 'not-writable' }> | { kind: 'not-writable' };
  receipt?: 'genuine' | 'not-genuine' | 'other-product';
}

export type Act = (suite: Suite, body: Record<string, unknown>) => Promise<Answer | RefusalCode>;

async function after(suite: Suite, change: Change): Promise<Answer> {
  return { state: await readState(suite), ...(change.done ? {} : { notDone: change.why }) };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 1_000;

function readDialog(body: Record<string, unknown>): RegistrationDialog | null {
  const { givenName, familyName, email, country, serial, transferCode = '', subscribed, words, language } = body;
  if (![givenName, familyName, email, country, serial, transferCode, words].every(isText)) return null;
  if (typeof subscribed !== 'boolean' || (language !== 'en' && language !== 'de')) return null;
  const typed = { givenName, familyName, email, country, serial } as Record<keyof typeof body, string>;
  return {
    ...(typed as Pick<RegistrationDialog, 'givenName' | 'familyName' | 'email' | 'country' | 'serial'>),
    ...(transferCode !== '' && { transferCode: transferCode as string }),
    mailing: { subscribed, words: words as string },
    language,
  };
}

export const ACTS: Record<string, Act> = {
  'GET /api/state': async (suite) => ({ state: await readState(suite) }),

  async 'POST /api/participation'(suite, { takesPart, fieldList }) {
    if (takesPart === false) return after(suite, suite.turnOff());
    if (takesPart !== true || typeof fieldList !== 'number') return 'malformed';
    return after(suite, await suite.turnOn(fieldList));
  },

  'POST /api/sent-log/delete': async (suite) => after(suite, suite.deleteSentLog()),

  async 'POST /api/registration'(suite, body) {
    const dialog = readDialog(body);
    if (dialog === null) return 'malformed';
    const result = await suite.register(dialog);
    const registration = result.kind === 'not-writable' ? { kind: result.kind } : result;
    return { state: await readState(suite), registration };
  },

  async 'POST /api/receipt'(suite, { receipt: text }) {
    if (typeof text !== 'string') return 'malformed';
    const receipt = await suite.addReceipt(parsed(text));
    return { state: await readState(suite), receipt };
  },

  'POST /api/forget': async (suite) => after(suite, suite.forgetEverything()),
};

/** What is no JSON is no receipt either. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
