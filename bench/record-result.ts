/** Keeps the newest result of each benchmark as JSON, and writes `results.md` from these files: one line for each. */
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const HEADER = `# Benchmarks

The newest result of each; the numbers in full are in \`results/\`. A ratio compares with the plainest thing that does the
same work, in the same run, and so holds on other machines too. Written by \`record-result.ts\`: a change by hand is lost.
`;

export interface BenchmarkResult {
  /** `serials`: run with `npm run bench:serials`. */
  name: string;
  /** One line for people. */
  summary: string;
  ratio: number;
  figures: Record<string, number | string>;
}

interface RecordedResult extends Omit<BenchmarkResult, 'figures'> {
  day: string;
}

/** `folder`: of `results.md` and `results/`. */
export async function recordResult(
  { name, summary, ratio, figures }: BenchmarkResult,
  folder = import.meta.dirname,
): Promise<void> {
  const results = join(folder, 'results');
  await mkdir(results, { recursive: true });
  const day = new Date().toISOString().slice(0, 10);
  const machine = { node: process.version, cores: availableParallelism() };
  const oneLine = summary.replace(/\s+/g, ' ').trim();
  const json = JSON.stringify({ name, day, ratio, summary: oneLine, ...figures, machine }, null, 2);
  await replaceFile(join(results, `${name}.json`), `${json}\n`);

  const names = (await readdir(results)).filter((file) => file.endsWith('.json')).sort();
  const lines = await Promise.all(names.map(async (file) => lineOf(await readFile(join(results, file), 'utf8'))));
  await replaceFile(join(folder, 'results.md'), `${HEADER}\n${lines.join('\n')}\n`);
}

function lineOf(json: string): string {
  const { name, day, ratio, summary }: RecordedResult = JSON.parse(json);
  return `- **${name}** (${day}, ratio ${ratio}): ${summary}`;
}

/** Another benchmark that records at the same moment reads the old file or the new one, never half of one. */
async function replaceFile(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  await writeFile(beside, text);
  await rename(beside, file);
}
