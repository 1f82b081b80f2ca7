import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { fixPort, PortProblem, readPort } from './ports.ts';

test.each(['abc', '65536', '-1', '80.5', ' 80', '0x50', '1e3'])('"%s" is no port', (AVOW_EDGE_PORT) => {
  expect(() => readPort('AVOW_EDGE_PORT', { AVOW_EDGE_PORT })).toThrow(PortProblem);
});

test('what is not set is left to the configuration, and 0 is a port', () => {
  expect(readPort('AVOW_EDGE_PORT', {})).toBeUndefined();
  expect(readPort('AVOW_EDGE_PORT', { AVOW_EDGE_PORT: '' })).toBeUndefined();
  expect(readPort('AVOW_EDGE_PORT', { AVOW_EDGE_PORT: '0' })).toBe(0);
});

test('a free port is free for the program that comes after, a taken one names its setting', async () => {
  const wanted = { host: '127.0.0.1', setting: 'edge.port', variable: 'AVOW_EDGE_PORT' };
  const port = await fixPort({ ...wanted, port: 0 });
  const other = createServer();
  await new Promise<void>((listening) => other.listen(port, wanted.host, listening));
  expect((other.address() as AddressInfo).port).toBe(port);
  await expect(fixPort({ ...wanted, port })).rejects.toThrow(
    `Another program already listens on 127.0.0.1:${port}. Choose another port: edge.port in the configuration, or AVOW_EDGE_PORT.`,
  );
  other.close();
});

test('an address that this machine does not have is told', async () => {
  const wanted = { port: 0, host: '203.0.113.9', setting: 'edge.port', variable: 'AVOW_EDGE_PORT' };
  await expect(fixPort(wanted)).rejects.toThrow('This machine does not have the address of 203.0.113.9:0');
});
