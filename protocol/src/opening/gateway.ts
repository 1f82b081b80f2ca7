/** The gateway of RFC 9458: opens encapsulated requests and seals their answers. Nothing here waits or remembers. */
import {
  type BinaryRequest,
  type BinaryResponse,
  decodeRequest,
  encodeResponse,
  MalformedMessage,
} from '../binary-http.ts';
import { KEM_X25519, type Suite } from '../key-config.ts';
import { MAX_ENCAPSULATED_REQUEST, padResponse } from '../padding.ts';
import { ENC_BYTES, HEADER_BYTES } from '../sealing/encapsulation.ts';
import type { HpkeContext } from '../sealing/node-hpke.ts';
import { sealResponse } from '../sealing/node-response.ts';
import type { GatewayKey } from './gateway-key.ts';
import { MIN_ENCAPSULATED_REQUEST, openRequest } from './hpke-open.ts';

export interface GatewayOptions {
  /** The key with this id, as long as it exists; retired keys included. */
  keys(keyId: number): GatewayKey | null;
  /** Authority of every inner request. */
  authority: string;
  /** The allow-list: this is no open proxy. `path` comes with its query, if any. */
  allows(method: string, path: string): boolean;
}

export interface OpenedRequest {
  ok: true;
  /** The encapsulated key, unique to the request: what a replay repeats. 32 bytes. */
  enc: Uint8Array;
  keyId: number;
  request: BinaryRequest;
  /** Sealed correctly, but not to be carried out: answer with the sealed refusal `destination_refused`, or `malformed`. */
  destinationRefused: boolean;
  /** What was sealed is no binary HTTP request. `request` is then empty and `destinationRefused` true. */
  malformed: boolean;
  /** Encodes, pads and seals the answer. Throws TooLarge. */
  seal(response: BinaryResponse): Uint8Array;
}

/** Before decapsulation refusals are plain; afterwards every one has to be sealed (RFC 9458 section 5.2). */
export type Opened = OpenedRequest | { ok: false; refused: 'malformed' | 'key_unknown' | 'not_decryptable' };

export interface Gateway {
  /** Synchronous. Never throws, whatever the bytes are. */
  open(bytes: Uint8Array): Opened;
}

const EMPTY_REQUEST: BinaryRequest = {
  method: '',
  scheme: '',
  authority: '',
  path: '',
  headers: [],
  body: new Uint8Array(),
};

function readMessage(message: Uint8Array): BinaryRequest | null {
  try {
    return decodeRequest(message);
  } catch (error) {
    if (error instanceof MalformedMessage) return null;
    throw error;
  }
}

function suiteOf(key: GatewayKey, view: DataView): Suite | null {
  if (view.getUint16(1) !== KEM_X25519) return null;
  const kdf = view.getUint16(3);
  const aead = view.getUint16(5);
  return key.config.suites.find((suite) => suite.kdf === kdf && suite.aead === aead) ?? null;
}

/** The gateway's checklist, in order: length, key, suite, decryption, message, destination. */
export function createGateway(options: GatewayOptions): Gateway {
  function accept(context: HpkeContext, keyId: number, message: Uint8Array): OpenedRequest {
    const request = readMessage(message);
    const welcome =
      request !== null &&
      request.scheme === 'https' &&
      request.authority === options.authority &&
      options.allows(request.method, request.path);
    return {
      ok: true,
      enc: context.enc,
      keyId,
      request: request ?? EMPTY_REQUEST,
      destinationRefused: !welcome,
      malformed: request === null,
      seal: (response) => sealResponse(context, padResponse(encodeResponse(response))),
    };
  }

  return {
    open(bytes) {
      if (bytes.length < MIN_ENCAPSULATED_REQUEST || bytes.length > MAX_ENCAPSULATED_REQUEST) {
        return { ok: false, refused: 'malformed' };
      }
      const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES + ENC_BYTES);
      const keyId = view.getUint8(0);
      const key = options.keys(keyId);
      const suite = key && suiteOf(key, view);
      if (!key || !suite) return { ok: false, refused: 'key_unknown' };
      let opened: ReturnType<typeof openRequest>;
      try {
        opened = openRequest(key, suite, bytes);
      } catch {
        // A wrong tag or a key that is no point: the sender learns no more than this (RFC 9458 section 5.2).
        return { ok: false, refused: 'not_decryptable' };
      }
      return accept(opened.context, keyId, opened.message);
    },
  };
}
