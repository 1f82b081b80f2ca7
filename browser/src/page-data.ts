/** What the server tells the scripts of this page (`edge/src/pages/script-data.ts`). */
import type { Language } from '@avow/protocol/refusals';

export interface FieldWords {
  optional: string;
  /** By path. */
  labels: Readonly<Record<string, string>>;
  hints: Readonly<Record<string, string>>;
  /** By the country's name for the part of an address. */
  parts: Readonly<Record<string, string>>;
  /** With `{}` where the example goes. */
  example: string;
  chooseCountry: string;
}

export interface PageData {
  language: Language;
  /** Authority of the inner requests. */
  authority: string;
  vendor: string;
  contactEmail: string;
  statementVersion: number;
  /** Patterns of serials sold before this platform. */
  legacySerials: readonly string[];
  mailingWords: string;
  fields: FieldWords;
}

export function readPageData(): PageData {
  const block = document.querySelector('#page-data');
  if (!block?.textContent) throw new Error('the page carries no data for its script');
  return JSON.parse(block.textContent) as PageData;
}

export function legacyPatterns(data: PageData): RegExp[] {
  return data.legacySerials.map((pattern) => new RegExp(`^(?:${pattern})$`));
}
