/** `register` and `receipt`: each returns the exit code. */
import { readFileSync } from 'node:fs';
import type { RegistrationDialog } from '../registration/register-product.ts';
import type { Suite } from '../suite.ts';
import { readYes, type Terminal } from './terminal.ts';

export interface RegistrationFlags {
  'given-name'?: string;
  'family-name'?: string;
  email?: string;
  country?: string;
  serial?: string;
  'transfer-code'?: string;
  mailing?: boolean;
}

/** What flags do not say is asked, where somebody can be asked. */
async function readDialog(suite: Suite, terminal: Terminal, flags: RegistrationFlags): Promise<RegistrationDialog> {
  const { texts, language } = terminal;
  const field = async (flag: string | undefined, question: string) =>
    flag ?? (terminal.interactive ? terminal.ask(`${question}: `) : '');
  if (terminal.interactive) terminal.say(texts.registrationHead);
  const { questions } = texts;
  const transferCode = flags['transfer-code'];
  return {
    givenName: await field(flags['given-name'], questions.givenName),
    familyName: await field(flags['family-name'], questions.familyName),
    email: await field(flags.email, questions.email),
    country: (await field(flags.country, questions.country)).toUpperCase(),
    serial: await field(flags.serial, questions.serial),
    ...(transferCode !== undefined && { transferCode }),
    mailing: {
      // Unticked: only a yes is one (O1, S7).
      subscribed:
        flags.mailing ?? (terminal.interactive && readYes(await terminal.ask(`${questions.mailing} `)) === true),
      words: texts.mailingWords(suite.manifest.name),
    },
    language,
  };
}

export async function register(suite: Suite, terminal: Terminal, flags: RegistrationFlags): Promise<number> {
  const { texts, say, remark } = terminal;
  const result = await suite.register(await readDialog(suite, terminal, flags));
  if (terminal.json) say(JSON.stringify(result.kind === 'not-writable' ? { kind: result.kind } : result));
  switch (result.kind) {
    case 'registered':
    case 'accepted':
      if (!terminal.json) say(result.kind === 'registered' ? texts.registered : texts.registrationAccepted);
      return 0;
    case 'not-writable':
      remark(texts.notWritable(String(result.cause)));
      return 1;
    case 'refused':
      remark(result.error.message);
      for (const [path, { message }] of Object.entries(result.error.fields ?? {})) remark(`  ${path}: ${message}`);
      return 1;
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

export async function receipt(suite: Suite, { texts, say, json }: Terminal, file?: string): Promise<number> {
  const verdict = file === undefined ? await suite.checkReceipt() : await suite.addReceipt(readJson(file));
  const claims = suite.registration()?.receipt?.claims ?? null;
  if (json) say(JSON.stringify({ verdict, claims }));
  else say(verdict === null ? texts.noReceipt : texts.receipts[verdict]);
  return verdict === 'genuine' ? 0 : 1;
}
