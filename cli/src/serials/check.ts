import { REFUSALS } from '@avow/protocol/refusals';
import { type CheckedSerial, checkSerial } from '@avow/vault/products/check-serial';
import { say } from '../say.ts';
import type { VaultHandle } from '../vault-handle.ts';
import { printable } from './printable.ts';

/** `avow serials check`. The exit code is 1 where one of them is not genuine. */
export async function check(vault: VaultHandle, serials: readonly string[], flags: { json?: true }): Promise<void> {
  const checked: CheckedSerial[] = [];
  for (const serial of serials) checked.push(await checkSerial(vault, serial));
  if (checked.some(({ genuine }) => !genuine)) process.exitCode = 1;
  if (flags.json) return say(JSON.stringify(checked));
  for (const one of checked) {
    for (const line of linesOf(one)) say(line);
  }
}

const KINDS = { unit: 'for one copy', pressed: 'for a whole run of discs', legacy: 'imported' } as const;

function linesOf(checked: CheckedSerial): string[] {
  if (!checked.genuine) return [`${printable(checked.serial)}  not genuine: ${REFUSALS[checked.why].en}`];
  const { serial, title, kind, batch, registrations } = checked;
  return [
    `${printable(serial)}  genuine: ${title}, ${KINDS[kind]}`,
    `  batch ${batch.id} of ${batch.day}`,
    `  registered ${registrations.registered} times, ${registrations.onHold} on hold`,
  ];
}
