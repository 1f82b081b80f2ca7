import { describe, expect, it } from 'vitest';
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from './binary-http.ts';
import { binaryToRequest, binaryToResponse, requestToBinary, responseToBinary } from './fetch-messages.ts';

describe("fetch's messages as binary HTTP", () => {
  it('carry a request with method, address, query, fields and body', async () => {
    const request = new Request('https://vault.example/a/b?c=d', {
      method: 'PATCH',
      headers: { 'X-One': '1', 'content-type': 'application/json' },
      body: '{"ä":1}',
    });
    const arrived = binaryToRequest(decodeRequest(encodeRequest(await requestToBinary(request.clone()))));
    expect([arrived.method, arrived.url]).toEqual([request.method, request.url]);
    expect([...arrived.headers]).toEqual([...request.headers]);
    expect(await arrived.json()).toEqual({ ä: 1 });
  });

  it('carry repeated and empty fields', async () => {
    const headers = new Headers([
      ['a', ''],
      ['a', ''],
    ]);
    const binary = await requestToBinary(new Request('https://v.example/', { headers }));
    expect(decodeRequest(encodeRequest(binary)).headers).toEqual([['a', ',']]);
  });

  it.each([200, 204, 304, 404, 503])('carry a response with status %i', async (status) => {
    const body = status === 204 || status === 304 ? null : 'text';
    const response = new Response(body, { status, headers: { 'content-type': 'text/plain' } });
    const arrived = binaryToResponse(decodeResponse(encodeResponse(await responseToBinary(response))));
    expect(arrived.status).toBe(status);
    expect(await arrived.text()).toBe(body ?? '');
  });
});
