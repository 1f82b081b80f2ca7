/** The sealed routes of self-service, on one page. */
import type { Refusal } from '@avow/protocol/refusals';
import type { PersonRecord } from '../people/people.ts';
import { type Feature, type SealedContext, type SealedHandler, sealedHandler } from '../platform/feature.ts';
import type { Services } from '../platform/services.ts';
import { confirmEmail, proposeEmail, undoEmail } from './change-email.ts';
import { correct, tellRefusal } from './correct.ts';
import { requestCorrection } from './correction-requests.ts';
import {
  correction,
  correctionRequest,
  mailingChoice,
  newEmail,
  nothing,
  signInRequest,
  tokenOnly,
} from './schemas.ts';
import { showEverything } from './show.ts';
import { requestSignInLink, signIn, signOut } from './sign-in.ts';
import { asPerson, asPersonRecord } from './signed-in.ts';

export function selfServiceRoutes(services: Services, features: () => readonly Feature[]): SealedHandler[] {
  const { people, config } = services;

  /** For what a person may have sent and left: whoever does not wait is told by mail. */
  function change<Answer extends object>(
    context: SealedContext,
    act: (person: PersonRecord) => Promise<Answer | Refusal>,
  ): Promise<Answer | Refusal> {
    return asPersonRecord(services, context, async (person) =>
      tellRefusal(services, person, await act(person), context),
    );
  }

  return [
    sealedHandler('POST /sign-in-links', signInRequest, (body, context) => requestSignInLink(services, body, context)),
    sealedHandler('POST /sessions', tokenOnly, ({ token }, context) => signIn(services, token, context)),
    sealedHandler('DELETE /sessions', nothing, (_body, context) => signOut(context)),
    sealedHandler('GET /me', nothing, (_body, context) =>
      asPerson(services, context, (personId) =>
        showEverything(features(), context.tx, personId, config.vendor.contactEmail),
      ),
    ),
    sealedHandler('PATCH /me', correction, (body, context) =>
      change(context, (person) => correct(services, person, body, context)),
    ),
    sealedHandler('POST /me/email-changes', newEmail, ({ email }, context) =>
      change(context, (person) => proposeEmail(services, person, email, context)),
    ),
    sealedHandler('POST /email-changes/confirm', tokenOnly, ({ token }, context) =>
      confirmEmail(services, token, context),
    ),
    sealedHandler('POST /email-changes/undo', tokenOnly, ({ token }, context) => undoEmail(services, token, context)),
    sealedHandler(
      'PUT /me/mailing-choice',
      mailingChoice,
      ({ subscribed, words, language, statementVersion }, context) =>
        asPerson(services, context, async (personId) => {
          const consent = { given: subscribed, words, language, statementVersion, day: context.today };
          await people.recordConsent(context.tx, personId, consent);
          return { subscribed };
        }),
    ),
    sealedHandler('POST /me/correction-requests', correctionRequest, (body, context) =>
      change(context, (person) => requestCorrection(services, person, body, context)),
    ),
  ];
}
