/** What the browser's scripts need to know of the page. Nothing in it is secret, and none of it is trusted with keys. */
import type { PageContext } from './page.ts';
import { TEXTS } from './texts/texts.ts';

export function scriptData(context: PageContext): object {
  const { fields } = TEXTS[context.language];
  const { config } = context;
  return {
    language: context.language,
    authority: config.vendor.vaultName,
    vendor: config.vendor.name,
    contactEmail: config.vendor.contactEmail,
    statementVersion: config.statement.version,
    legacySerials: config.suites.flatMap((suite) => suite.legacySerialPattern ?? []),
    mailingWords: TEXTS[context.language].forms.mailing.words(config.vendor.name),
    fields: {
      optional: fields.optional,
      labels: fields.labels,
      hints: fields.hints,
      parts: fields.parts,
      example: fields.example('{}'),
      chooseCountry: fields.chooseCountry,
    },
  };
}
