import { randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { EdgeEnv } from './variables.ts';

/** What no page of ours needs. */
const PERMISSIONS = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
]
  .map((name) => `${name}=()`)
  .join(', ');

function contentSecurityPolicy(nonce: string, https: boolean): string {
  return [
    "default-src 'none'",
    // Modules that a script with the nonce imports inherit it (HTML "module script descendants").
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

/** Makes the nonce before, and sets the headers after whatever answers. `https`: whether visitors come over HTTPS. */
export function securityHeaders(https: boolean): MiddlewareHandler<EdgeEnv> {
  const fixed = Object.entries({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    // Not `no-referrer`: with that, browsers send `Origin: null` with our own forms.
    'referrer-policy': 'same-origin',
    'permissions-policy': PERMISSIONS,
    'cross-origin-opener-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    ...(https && { 'strict-transport-security': 'max-age=31536000' }),
  });
  return async (c, next) => {
    const nonce = randomBytes(16).toString('base64');
    c.set('nonce', nonce);
    await next();
    const { headers } = c.res;
    headers.set('content-security-policy', contentSecurityPolicy(nonce, https));
    for (const [name, value] of fixed) headers.set(name, value);
    // The tracker is for pages of other origins, too.
    if (!headers.has('cross-origin-resource-policy')) headers.set('cross-origin-resource-policy', 'same-origin');
    // A page with a nonce must never be shown twice.
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  };
}
