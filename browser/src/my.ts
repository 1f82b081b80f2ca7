/** Script of `/my`: opens the person's data in the browser, and nowhere else. */
import { readToken } from '@avow/protocol/crockford';
import type { SealedRouteName, SealedRoutes } from '@avow/protocol/sealed-routes';
import type { Outcome } from '@avow/protocol/sealing/sealed-fetch';
import type { EverythingHeld } from '@avow/protocol/self-service';
import { canSeal, openChannel } from './channel.ts';
import { element, get, moveTo } from './dom.ts';
import { startAnewOn, takeFragment } from './fragment.ts';
import { accessesSection } from './my/accesses.ts';
import type { Desk } from './my/desk.ts';
import { detailsSection } from './my/details.ts';
import { historySection } from './my/history.ts';
import { mailingSection } from './my/mailing.ts';
import { productsSection } from './my/products.ts';
import { questionsSection } from './my/questions.ts';
import { requestSection } from './my/request.ts';
import { dropSession, keepSession, storedSession } from './my/session.ts';
import { cannot, failed, linkArrived, signedOut } from './my/signing-in.ts';
import { readPageData } from './page-data.ts';
import { MY_TEXTS } from './texts/my-texts.ts';

const place = get('[data-my]');
const data = readPageData();
const words = MY_TEXTS[data.language];
const call = openChannel(data);
const { language } = data;

function show(...content: HTMLElement[]): void {
  place.replaceChildren(...content);
}

function leave(said: string | null): void {
  dropSession();
  show(signedOut(data, words, said));
}

async function ask<R extends SealedRouteName>(
  route: R,
  body: SealedRoutes[R]['body'],
  idempotencyKey?: string,
): Promise<Outcome<SealedRoutes[R]['answer']>> {
  const bearer = storedSession() ?? '';
  const outcome = await call(route, body, { language, bearer, ...(idempotencyKey && { idempotencyKey }) });
  if (outcome.kind === 'refused' && outcome.error.code === 'not_signed_in') leave(outcome.error.message);
  return outcome;
}

async function openData(said: string | null = null): Promise<void> {
  if (place.childElementCount === 0) show(element('p', { class: 'status', role: 'status' }, words.opening));
  const outcome = await ask('GET /me', null);
  if (outcome.kind === 'answered') draw(outcome.answer, said);
  else if (outcome.kind === 'refused' && outcome.error.code !== 'not_signed_in') {
    show(failed(words, outcome.error, () => void openData(said)));
  }
}

function draw(held: EverythingHeld, said: string | null): void {
  const desk: Desk = { data, words, held, ask, refresh: openData };
  const note = element('p', { class: 'note', role: 'status' }, said);
  const signOut = element(
    'button',
    { type: 'button', class: 'secondary', click: () => void endSession() },
    words.signOut,
  );
  show(
    element('div', { class: 'my-bar' }, element('p', {}, words.signedIn), signOut),
    ...(said === null ? [] : [note]),
    ...[questionsSection(desk)].filter((section) => section !== null),
    detailsSection(desk),
    productsSection(desk),
    mailingSection(desk),
    historySection(desk),
    accessesSection(desk),
    requestSection(desk),
  );
  if (said !== null) moveTo(note);
}

async function endSession(): Promise<void> {
  // The window forgets it first: whatever becomes of the request, this browser has no session any more.
  const bearer = storedSession() ?? '';
  leave(words.signedOut.ended);
  moveTo(place);
  await call('DELETE /sessions', null, { language, bearer });
}

async function signIn(token: string): Promise<void> {
  const outcome = await call('POST /sessions', { token }, { language });
  if (outcome.kind === 'answered') {
    keepSession(outcome.answer.session);
    show();
    await openData();
  } else if (outcome.kind === 'refused' && outcome.error.code !== 'link_expired') {
    show(failed(words, outcome.error, () => void signIn(token)));
  } else leave(outcome.kind === 'refused' ? outcome.error.message : null);
}

const token = readToken(takeFragment());
startAnewOn((fragment) => readToken(fragment) !== null);
if (!(await canSeal())) show(cannot(data, words));
else if (token !== null) show(linkArrived(words, () => signIn(token)));
else if (storedSession() !== null) await openData();
else leave(null);
