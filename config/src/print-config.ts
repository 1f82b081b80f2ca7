/** A program: `print-config.ts FILE` writes what the configuration says, completed, or what is wrong with it, as one line of JSON. */
import { ConfigError, loadConfig } from './config.ts';

const [, , file = ''] = process.argv;

async function read(): Promise<object> {
  try {
    const { baseDir: _, ...config } = await loadConfig(file);
    return { config };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { problems: error.message.split('\n').filter((line) => line.startsWith('  ') || !line.endsWith(':')) };
  }
}

process.stdout.write(`${JSON.stringify(await read())}\n`);
