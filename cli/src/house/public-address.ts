import { type AvowConfig, publicUrl } from '@avow/config/config';

/**
 * What the mails link to, without a slash at the end: AVOW_PUBLIC_URL, else `edge.publicUrl`, else this machine and the port that was
 * chosen at the start.
 */
export function publicAddress(config: AvowConfig, edgePort: number, env: NodeJS.ProcessEnv = process.env): string {
  const given = env.AVOW_PUBLIC_URL?.replace(/\/$/, '');
  return given || publicUrl({ ...config, edge: { ...config.edge, port: edgePort } });
}
