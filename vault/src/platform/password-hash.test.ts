import { expect, test } from 'vitest';
import { hashPassword, isPassword } from './password-hash.ts';

test('a password is known again, and no other is', async () => {
  const hash = await hashPassword('Grüße aus Hamburg');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(hash).not.toContain('Hamburg');
  expect(await isPassword('Grüße aus Hamburg', hash)).toBe(true);
  // The same letters, composed in another way.
  expect(await isPassword('Grüße aus Hamburg'.normalize('NFD'), hash)).toBe(true);
  expect(await isPassword('grüße aus Hamburg', hash)).toBe(false);
});

test('the same password twice gives two hashes', async () => {
  expect(await hashPassword('once')).not.toBe(await hashPassword('once'));
});

test('a hash made with other parameters is still read', async () => {
  // Of the password "password" with the salt "somesalt", from the tests of the reference implementation (t=2, m=2^16).
  const known = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await isPassword('password', known)).toBe(true);
  expect(await isPassword('differentpassword', known)).toBe(false);
});
