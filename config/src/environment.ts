/** Everything that differs between machines and is no business of the configuration file: addresses, secrets, folders. */
export class MissingEnvironment extends Error {
  constructor(name: string, why: string) {
    super(`${name} is not set: ${why}`);
  }
}

/** Returns the variable or throws MissingEnvironment. */
export function required(name: string, why: string, env: NodeJS.ProcessEnv = process.env): string {
  const value = env[name];
  if (!value) throw new MissingEnvironment(name, why);
  return value;
}
