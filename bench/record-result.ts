/** Keeps the newest result of each benchmark: all of it as JSON, one line of it in `results.md`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';

const HEADER = `# Benchmarks

The newest result of each; the numbers in full are in \`results/\`. A ratio compares with the plainest thing that does the
same work, in the same run, and so holds on other machines too.
`;

export interface BenchmarkResult {
  /** `serials`: run with `npm run bench:serials`. */
  name: string;
  /** One line for people. */
  summary: string;
  ratio: number;
  figures: Record<string, number | string>;
}

export async function recordResult({ name, summary, ratio, figures }: BenchmarkResult): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const results = join(import.meta.dirname, 'results');
  await mkdir(results, { recursive: true });
  const machine = {
    node: process.version,
    cores: availableParallelism(),
    loadAverageAtEnd: Math.round(loadavg()[0] ?? 0),
  };
  const json = { name, day, ratio, ...figures, machine };
  await writeFile(join(results, `${name}.json`), `${JSON.stringify(json, null, 2)}\n`);

  const file = join(import.meta.dirname, 'results.md');
  const text = await readFile(file, 'utf8').catch(() => '');
  const mark = `- **${name}**`;
  const kept = text.split('\n').filter((line) => line.startsWith('- **') && !line.startsWith(mark));
  const lines = [...kept, `${mark} (${day}, ratio ${ratio}): ${summary}`].sort();
  await writeFile(file, `${HEADER}\n${lines.join('\n')}\n`);
}
