/** Who asks: the address of the socket, or what trusted proxies say of it. */
import { isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Block = [Address, number];

function parse(text: string): Address | null {
  // `[2001:db8::1]:443`, `192.0.2.1:443`, `fe80::1%eth0`
  const bare = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '');
  // Only complete dotted IPv4: the library also reads `1`, `0x7f.1` and the like.
  if (!bare.includes(':') && !/^\d{1,3}(\.\d{1,3}){3}$/.test(bare)) return null;
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

/** The one way to write an address. Most are dotted IPv4, which has no other, and need not be taken apart. */
function canonical(text: string): string | null {
  return isIPv4(text) ? text : (parse(text)?.toString() ?? null);
}

function parseBlock(text: string): Block {
  const [address = '', bits] = text.split('/');
  const parsed = parse(address);
  const width = parsed?.kind() === 'ipv4' ? 32 : 128;
  const prefix = bits === undefined ? width : Number(bits);
  if (!parsed || !Number.isInteger(prefix) || prefix < 0 || prefix > width) {
    throw new Error(`edge.trustedProxies: "${text}" is no address and no CIDR block.`);
  }
  return [parsed, prefix];
}

function lies(address: Address, [start, bits]: Block): boolean {
  if (address instanceof ipaddr.IPv4) return start instanceof ipaddr.IPv4 && address.match(start, bits);
  return start instanceof ipaddr.IPv6 && address.match(start, bits);
}

const MAX_KNOWN_PROXIES = 256;

/** What stands in for an address that is not known (a socket already closed, a test without one). */
export const UNKNOWN_ADDRESS = '0.0.0.0';

/**
 * Makes the function that tells the requester's address. `X-Forwarded-For` is read from the right, and only as far as each
 * step was written by a trusted proxy: everything further left is the requester's own invention.
 */
export function createAddressReader(
  trustedProxies: readonly string[],
): (socketAddress: string | undefined, forwardedFor: string | undefined) => string {
  const blocks = trustedProxies.map(parseBlock);
  /** Proxies that were found to be trusted: theirs are no visitors' addresses. */
  const proxies = new Set<string>();
  const trusted = (text: string) => {
    if (proxies.has(text)) return true;
    const address = parse(text);
    const isTrusted = address !== null && blocks.some((block) => lies(address, block));
    if (isTrusted && proxies.size < MAX_KNOWN_PROXIES) proxies.add(text);
    return isTrusted;
  };
  return (socketAddress, forwardedFor) => {
    let current = canonical(socketAddress ?? '');
    if (current === null) return UNKNOWN_ADDRESS;
    const claimed = forwardedFor && blocks.length > 0 ? forwardedFor.split(',') : [];
    while (claimed.length > 0 && trusted(current)) {
      const next = canonical(claimed.pop()?.trim() ?? '');
      if (next === null) break;
      current = next;
    }
    return current;
  };
}

/** The network that shares limits and failure counts: an IPv4 address, or the /64 that one IPv6 connection is given. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const parts = ipaddr.IPv6.parse(address).parts.slice(0, 4);
  return `${new ipaddr.IPv6([...parts, 0, 0, 0, 0]).toString()}/64`;
}
