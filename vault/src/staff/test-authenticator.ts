/** For tests: an authenticator in software (WebAuthn level 3, sections 6.1 and 6.5), so that each part of an answer can be wrong on purpose. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Wrong {
  origin?: string;
  host?: string;
  challenge?: string;
  verified?: boolean;
  counter?: number;
  type?: string;
}

const sha256 = (data: Buffer | string) => createHash('sha256').update(data).digest();
const base64 = (bytes: Buffer) => bytes.toString('base64url');

const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 } as const;

export function createAuthenticator(place: { origin: string; host: string }) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const id = randomBytes(16);
  let counter = 1;

  /** COSE: an EC2 key for ES256 on P-256 (RFC 9053 section 7.1.1), as CBOR. */
  const cose = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y, 'base64url'),
  ]);

  function clientData(type: string, challenge: string, wrong: Wrong): Buffer {
    const said = {
      type: wrong.type ?? type,
      challenge: wrong.challenge ?? challenge,
      origin: wrong.origin ?? place.origin,
    };
    return Buffer.from(JSON.stringify({ ...said, crossOrigin: false }));
  }

  function authenticatorData(wrong: Wrong, attested: Buffer | null): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(wrong.counter ?? counter);
    counter += 1;
    const flags = FLAGS.present | (wrong.verified === false ? 0 : FLAGS.verified) | (attested ? FLAGS.attested : 0);
    return Buffer.concat([sha256(wrong.host ?? place.host), Buffer.from([flags]), count, attested ?? Buffer.alloc(0)]);
  }

  return {
    id: base64(id),

    register(challenge: string, wrong: Wrong = {}) {
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]);
      const data = authenticatorData(wrong, attested);
      // { "fmt": "none", "attStmt": {}, "authData": … }
      const attestation = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
        Buffer.from([data.length]),
        data,
      ]);
      const response = {
        clientDataJSON: base64(clientData('webauthn.create', challenge, wrong)),
        attestationObject: base64(attestation),
        transports: ['internal'],
      };
      return { id: base64(id), rawId: base64(id), type: 'public-key', response, clientExtensionResults: {} };
    },

    authenticate(challenge: string, wrong: Wrong = {}) {
      const data = authenticatorData(wrong, null);
      const client = clientData('webauthn.get', challenge, wrong);
      const response = {
        clientDataJSON: base64(client),
        authenticatorData: base64(data),
        signature: base64(sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)),
      };
      return { id: base64(id), rawId: base64(id), type: 'public-key', response, clientExtensionResults: {} };
    },
  };
}
