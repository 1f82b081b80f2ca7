/** For tests: members of staff with sessions, and the API as their browsers ask it. Everything is the house's own. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type AvowConfig, loadConfig } from '@avow/config/config';
import type { Role } from '@avow/protocol/staff/roles';
import type { SessionState } from '@avow/protocol/staff/session';
import { pino } from 'pino';
import type { StaffRoute } from './platform/feature.ts';
import { createStaffApi } from './platform/http/staff-api.ts';
import { openOutbox } from './platform/mail/outbox.ts';
import { openPeriodKeys } from './platform/period-keys.ts';
import { createStaff, type Staff } from './staff/feature.ts';
import { type Member, NO_SECRETS } from './staff/members.ts';
import { csrfOf } from './staff/sessions.ts';
import { createStaffHouse, type StaffHouse } from './staff/staff-house.ts';
import type { TestVault } from './test-vault.ts';

export const ORIGIN = 'http://localhost:8090';

/** A browser with the console open: keeps its cookies and repeats what `GET /session` told it. */
export interface TestBrowser {
  /** `cookie` as it is sent; null without one. */
  cookie: string | null;
  csrf: string | null;
  staffId: string | null;
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The answer; throws on a refusal. */
  answer<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** `422 code_wrong` */
  refusal(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<string>;
  /** Takes over what the console would: the value of `avow-csrf`. */
  load(): Promise<SessionState>;
}

export interface TestStaff {
  config: AvowConfig;
  staff: Staff;
  house: StaffHouse;
  clock: () => Date;
  setClock(moment: Date): void;
  browser(): TestBrowser;
  /** A member with these roles, signed in. */
  member(...roles: Role[]): Promise<TestBrowser & { staffId: string; email: string }>;
}

/** `routes` are asked besides those of staff. */
export async function openTestStaff(
  vault: TestVault,
  options: { routes?: readonly StaffRoute[]; config?: Partial<AvowConfig>; start?: Date; openIdSecret?: string } = {},
): Promise<TestStaff> {
  let now = options.start ?? new Date();
  const clock = () => now;
  const loaded = await loadConfig(join(import.meta.dirname, '../../examples/vendor/avow.config.ts'));
  const config = { ...loaded, ...options.config };
  const { db, keyring, keyringDb } = vault;
  const mail = openOutbox({ config, keyring, periodKeys: openPeriodKeys(db, keyring), clock });
  const services = { config, db, keyring, keyringDb, mail, clock, log: pino({ level: 'silent' }) };
  const staff = createStaff(services, options.openIdSecret);
  const house = createStaffHouse(services);
  const { authentication } = staff;
  const consoleUrl = config.vault.consoleUrl ?? null;
  const origin = consoleUrl ?? ORIGIN;
  const routes = [...staff.staffRoutes, ...(options.routes ?? [])];
  const api = createStaffApi({ db, clock, authentication, consoleUrl, routes });

  function browser(): TestBrowser {
    const self: TestBrowser = {
      cookie: null,
      csrf: null,
      staffId: null,
      async request(method, path, body, headers = {}) {
        const sent = {
          host: new URL(origin).host,
          origin,
          'sec-fetch-site': 'same-origin',
          ...(self.cookie && { cookie: self.cookie }),
          ...(self.csrf && { 'avow-csrf': self.csrf }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        };
        const answer = await api.request(path, {
          method,
          headers: sent,
          ...(body !== undefined && { body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) }),
        });
        for (const line of answer.headers.getSetCookie()) {
          const pair = line.split(';')[0] ?? '';
          self.cookie = /Max-Age=0/i.test(line) ? null : pair;
        }
        return answer;
      },
      async answer(method, path, body) {
        const answer = await self.request(method, path, body);
        if (answer.status !== 200) throw new Error(`${method} ${path} was refused: ${await answer.text()}`);
        return (await answer.json()) as never;
      },
      async refusal(method, path, body, headers) {
        const answer = await self.request(method, path, body, headers);
        const told = (await answer.json()) as { error?: { code: string } };
        return `${answer.status} ${told.error?.code}`;
      },
      async load() {
        const state = await self.answer<SessionState>('GET', '/session');
        self.csrf = state.csrf;
        self.staffId = state.staff?.id ?? null;
        return state;
      },
    };
    return self;
  }

  return {
    config,
    staff,
    house,
    clock,
    setClock(moment) {
      now = moment;
    },
    browser,
    async member(...roles) {
      const member = await addMember(house, roles);
      const { cookie } = await signInAs(house, member);
      const own = browser();
      own.cookie = cookie;
      await own.load();
      return Object.assign(own, { staffId: member.id, email: member.email });
    },
  };
}

/** A member without a way to sign in: `signInAs` opens the session. */
export async function addMember(house: StaffHouse, roles: readonly Role[]): Promise<Member> {
  const { db, keyring, members } = house;
  const id = randomUUID();
  const told = { id, name: `Ada ${roles.join(' ')}`, email: `${id}@staff.example`, roles, language: 'en' as const };
  await members.create(db, { ...told, secrets: NO_SECRETS, key: await keyring.createDataKey(), day: house.today() });
  const member = await members.find(db, id);
  if (!member) throw new Error('the member was not made');
  return member;
}

/** What the member's browser sends from then on. */
export async function signInAs(
  house: StaffHouse,
  { id: staffId }: Pick<Member, 'id'>,
): Promise<{ cookie: string; csrf: string; staffId: string; sessionId: string }> {
  const { secret, session } = await house.sessions.begin(house.db, staffId, 'Mozilla/5.0', house.clock());
  const name = house.config.vault.consoleUrl ? '__Host-avow_staff' : 'avow_staff';
  return { cookie: `${name}=${secret}`, csrf: csrfOf(secret), staffId, sessionId: session.id };
}
