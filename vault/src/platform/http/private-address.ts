/** The vault is reachable from a private network only (W7): it refuses to listen on an address the Internet could reach. */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

const PRIVATE = new BlockList();
for (const [net, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  // Shared address space (RFC 6598): what private overlay networks use.
  ['100.64.0.0', 10],
] as const) {
  PRIVATE.addSubnet(net, prefix, 'ipv4');
}
PRIVATE.addAddress('::1', 'ipv6');
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addSubnet('fe80::', 10, 'ipv6');

export class PublicAddress extends Error {}

export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  const family = isIP(bare);
  return family !== 0 && PRIVATE.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}

/** Throws PublicAddress unless every address that `host` stands for is private. `0.0.0.0` and `::` stand for all of this machine's. */
export async function requirePrivate(
  host: string,
  ownAddresses: () => string[] = addressesOfThisMachine,
): Promise<void> {
  const everywhere = host === '0.0.0.0' || host === '::';
  const addresses = everywhere ? ownAddresses() : (await lookup(host, { all: true })).map(({ address }) => address);
  const outside = addresses.filter((address) => !isPrivateAddress(address));
  if (addresses.length === 0 || outside.length > 0) {
    throw new PublicAddress(
      `vault.host ${host} stands for ${outside.join(', ') || 'no address'}: the vault listens on private addresses only`,
    );
  }
}

function addressesOfThisMachine(): string[] {
  return Object.values(networkInterfaces()).flatMap((of) => (of ?? []).map(({ address }) => address));
}
