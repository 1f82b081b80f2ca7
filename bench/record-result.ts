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
  chart?: Chart;
}

/** How a cost grows: bars in `results.md`. */
interface Chart {
  unit: string;
  /** What the values of each series belong to, as `1 million`. */
  steps: string[];
  /** null: there is no figure. */
  series: Record<string, (number | null)[]>;
}

const WIDEST_BAR = 48;

interface RecordedResult extends Omit<BenchmarkResult, 'figures'> {
  day: string;
}

/** `folder`: of `results.md` and `results/`. */
export async function recordResult(
  { name, summary, ratio, figures, chart }: BenchmarkResult,
  folder = import.meta.dirname,
): Promise<void> {
  const results = join(folder, 'results');
  await mkdir(results, { recursive: true });
  const day = new Date().toISOString().slice(0, 10);
  const machine = { node: process.version, cores: availableParallelism() };
  const oneLine = summary.replace(/\s+/g, ' ').trim();
  const json = JSON.stringify(
    { name, day, ratio, summary: oneLine, ...figures, ...(chart && { chart }), machine },
    null,
    2,
  );
  await replaceFile(join(results, `${name}.json`), `${json}\n`);

  const names = (await readdir(results)).filter((file) => file.endsWith('.json')).sort();
  const recorded = await Promise.all(
    names.map(async (file): Promise<RecordedResult> => JSON.parse(await readFile(join(results, file), 'utf8'))),
  );
  const charts = recorded.flatMap((one) => (one.chart ? [`\n## ${one.name}\n\n${barsOf(one.chart)}`] : []));
  await replaceFile(join(folder, 'results.md'), `${HEADER}\n${[...recorded.map(lineOf), ...charts].join('\n')}\n`);
}

/** On one scale, so that series can be compared. */
function barsOf({ unit, steps, series }: Chart): string {
  const greatest = Math.max(...Object.values(series).flatMap((values) => values.map((value) => value ?? 0)));
  const width = Math.max(...steps.map(({ length }) => length));
  const lines = Object.entries(series).flatMap(([name, values]) => [
    name,
    ...values.map((value, at) => {
      const step = `  ${(steps[at] ?? '').padStart(width)}`;
      if (value === null) return `${step} no figure`;
      const bar = '█'.repeat(Math.max(1, Math.round((value / greatest) * WIDEST_BAR)));
      return `${step} ${bar} ${value} ${unit}`;
    }),
  ]);
  return ['```', ...lines, '```'].join('\n');
}

function lineOf({ name, day, ratio, summary }: RecordedResult): string {
  return `- **${name}** (${day}, ratio ${ratio}): ${summary}`;
}

/** Another benchmark that records at the same moment reads the old file or the new one, never half of one. */
async function replaceFile(file: string, text: string): Promise<void> {
  const beside = `${file}.${process.pid}.new`;
  await writeFile(beside, text);
  await rename(beside, file);
}
