/** RFC 9116: where to tell us of a weakness. */
import type { AvowConfig } from '@avow/config/config';

const DAYS_AHEAD = 180;

export function securityTxt(config: AvowConfig, publicUrl: string, now = new Date()): string {
  const expires = new Date(now.getTime() + DAYS_AHEAD * 86_400_000);
  return [
    `Contact: mailto:${config.vendor.contactEmail}`,
    `Expires: ${expires.toISOString().slice(0, 10)}T00:00:00.000Z`,
    'Preferred-Languages: en, de',
    `Canonical: ${publicUrl}/.well-known/security.txt`,
    '',
  ].join('\n');
}
