/** Where staff open the console: the configured address, else the vault's own port. */
import type { AvowConfig } from '@avow/config/config';

/** Without a slash at the end. Loopback by its name: at a bare address browsers know no passkeys (WebAuthn section 5.1.2). */
export function consoleAddress(config: AvowConfig, vaultUrl: string): string {
  if (config.vault.consoleUrl) return new URL(config.vault.consoleUrl).origin;
  const url = new URL(vaultUrl);
  if (url.hostname === '127.0.0.1' || url.hostname === '[::1]' || url.hostname === '0.0.0.0')
    url.hostname = 'localhost';
  return url.origin;
}
