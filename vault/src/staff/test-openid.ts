/** For tests: a real identity provider on this machine, and somebody who signs in at it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface TestAccount {
  email: string;
  email_verified: boolean;
  name: string;
  groups: string[];
}

export interface TestOpenId {
  issuer: string;
  accounts: Map<string, TestAccount>;
  /** From the console's link to the address that the provider leads back to. */
  signIn(authorizationUrl: string, subject: string): Promise<URL>;
  close(): Promise<void>;
}

export async function openTestOpenId(client: { id: string; secret: string; redirectUri: string }): Promise<TestOpenId> {
  const accounts = new Map<string, TestAccount>();
  const server = createServer((request, response) => void provider.callback()(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    pkce: { required: () => true },
    cookies: { keys: ['of the test'] },
    findAccount(_, sub) {
      const account = accounts.get(sub);
      return account && { accountId: sub, claims: async () => ({ sub, ...account }) };
    },
  });

  async function signIn(authorizationUrl: string, subject: string): Promise<URL> {
    const cookies = new Map<string, string>();
    let next = new URL(authorizationUrl);
    let form: URLSearchParams | null = null;
    for (let step = 0; step < 12; step += 1) {
      const answer: Response = await fetch(next, {
        redirect: 'manual',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(form && { method: 'POST', body: form }),
      });
      form = null;
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      const location = answer.headers.get('location');
      const page = await answer.text();
      if (location) {
        next = new URL(location, next);
        if (next.origin !== issuer) return next;
        continue;
      }
      // The provider's own pages: one asks who it is, the other whether the console may know.
      const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      if (!action || !prompt) throw new Error(`the provider answered ${answer.status}: ${page.slice(0, 300)}`);
      next = new URL(action, next);
      form = new URLSearchParams({ prompt, ...(prompt === 'login' && { login: subject, password: 'any' }) });
    }
    throw new Error('the provider leads nowhere');
  }

  return {
    issuer,
    accounts,
    signIn,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
