import { resolve } from 'node:path';
import { checkGeneration, type GenerateOptions, generateSerials } from '@avow/vault/products/generate-serials';
import { remark, say } from '../say.ts';
import type { VaultHandle } from '../vault-handle.ts';
import { chooseEdition, chooseSuite } from './choose-edition.ts';
import { interruptible } from './interruptible.ts';
import { progressBar } from './progress-bar.ts';

export interface GenerateFlags {
  suite?: string;
  edition?: string;
  count: number;
  out: string;
  pressedRun?: true;
  keyId: number;
  note: string;
  dryRun?: true;
  json?: true;
}

/** `avow serials generate` */
export async function generate(vault: VaultHandle, flags: GenerateFlags): Promise<void> {
  const { config } = vault;
  const { count, keyId, note } = flags;
  const suite = chooseSuite(config, flags.suite);
  const edition = chooseEdition(config, suite, flags.edition);
  const file = resolve(flags.out);
  const kind = flags.pressedRun ? 'pressed' : 'unit';
  const options: GenerateOptions = { suite, edition, count, kind, file, keyId, note };

  const sold = await checkGeneration(config, options);
  const what = `${count.toLocaleString('en')} ${kind} ${count === 1 ? 'serial' : 'serials'} of ${sold.productName} ${sold.editionName}`;
  if (flags.dryRun) {
    if (flags.json) return say(JSON.stringify({ dryRun: true, suite, edition, kind, count, file }));
    return say(`Would make ${what} and write them to ${file}. Nothing was made.`);
  }

  const bar = progressBar('serials');
  const started = performance.now();
  const batch = await interruptible((signal) =>
    generateSerials(vault, { ...options, signal, onProgress: bar.onProgress }),
  ).finally(bar.stop);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  if (flags.json) return say(JSON.stringify({ ...batch, suite, edition, kind, seconds }));
  say(`Made ${what} in ${seconds} s, batch ${batch.batchId}.`);
  say(`They are in ${batch.file}, which only you can read.`);
  remark('That file is the only place where they can be read: the vault keeps keyed hashes. Move it to a safe place.');
}
