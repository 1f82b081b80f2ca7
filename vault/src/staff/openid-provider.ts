/** The vendor's identity provider (OpenID Connect): authorization code with PKCE (RFC 7636), state and nonce. */
import type { AvowConfig } from '@avow/config/config';
import type { Role } from '@avow/protocol/staff/roles';
import * as client from 'openid-client';
import { isRole } from './members.ts';

type Settings = NonNullable<AvowConfig['staff']['openId']>;

/** What is remembered while the browser is at the provider. */
export interface OpenIdBegun {
  verifier: string;
  state: string;
  nonce: string;
  redirectUri: string;
}

/** Who the provider says it is. */
export interface OpenIdWho {
  issuer: string;
  subject: string;
  email: string;
  /** Whether the provider says that it has proven the address. */
  emailVerified: boolean;
  name: string;
  roles: Role[];
}

const DISCOVERED_FOR_MS = 3_600_000;
const PATIENCE_S = 10;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Null for an answer that does not hold or that names nobody who may come in; throws where the provider cannot be reached. */
export interface OpenIdProvider {
  begin(redirectUri: string): Promise<{ url: string; begun: OpenIdBegun }>;
  finish(begun: OpenIdBegun, query: URLSearchParams): Promise<OpenIdWho | null>;
}

export function createOpenIdProvider(settings: Settings, secret: string | null): OpenIdProvider {
  let discovered: { until: number; configuration: client.Configuration } | null = null;

  async function configuration(): Promise<client.Configuration> {
    if (discovered && discovered.until > Date.now()) return discovered.configuration;
    const issuer = new URL(settings.issuer);
    // Without TLS only on this machine: everything rests on who answers there.
    const execute = issuer.protocol === 'http:' && LOOPBACK.has(issuer.hostname) ? [client.allowInsecureRequests] : [];
    const authentication = secret === null ? client.None() : client.ClientSecretPost(secret);
    const found = await client.discovery(issuer, settings.clientId, undefined, authentication, {
      execute,
      timeout: PATIENCE_S,
    });
    discovered = { until: Date.now() + DISCOVERED_FOR_MS, configuration: found };
    return found;
  }

  return {
    async begin(redirectUri) {
      const verifier = client.randomPKCECodeVerifier();
      const [state, nonce] = [client.randomState(), client.randomNonce()];
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: settings.scopes.join(' '),
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { url: url.href, begun: { verifier, state, nonce, redirectUri } };
    },

    async finish({ verifier, state, nonce, redirectUri }, query) {
      const known = await configuration();
      const current = new URL(redirectUri);
      current.search = query.toString();
      const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
      let tokens: Awaited<ReturnType<typeof client.authorizationCodeGrant>>;
      try {
        tokens = await client.authorizationCodeGrant(known, current, checks);
      } catch (error) {
        if (error instanceof TypeError) throw error;
        return null;
      }
      const claims = tokens.claims();
      if (!claims) return null;
      const complete = settings.rolesClaim in claims && 'email' in claims;
      const more = complete ? {} : await client.fetchUserInfo(known, tokens.access_token, claims.sub).catch(() => ({}));
      return whoIs({ ...more, ...claims }, settings);
    },
  };
}

function whoIs(claims: Record<string, unknown> & { iss: string; sub: string }, settings: Settings): OpenIdWho | null {
  const { iss: issuer, sub: subject, email, name } = claims;
  const told = claims[settings.rolesClaim];
  const values = (Array.isArray(told) ? told : [told]).filter((value) => typeof value === 'string');
  const mapped = values.flatMap((value) => (Object.hasOwn(settings.roles, value) ? (settings.roles[value] ?? []) : []));
  const roles = [...new Set(mapped)].filter(isRole);
  if (typeof email !== 'string' || email.length > 254 || !email.includes('@') || roles.length === 0) return null;
  const called = typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 100) : email;
  return { issuer, subject, email, emailVerified: claims.email_verified === true, name: called, roles };
}
