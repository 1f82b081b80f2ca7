import { inLanguage } from '../texts/in-language.ts';

const { number } = inLanguage('en');

export const en = {
  unsupported: 'This browser has no passkeys. Use a password, or another browser.',
  byAddress: 'Passkeys belong to a name, and this page was opened under an address of numbers.',
  openByName: (host: string) => `Open it as ${host}`,
  problems: {
    cancelled: 'No passkey was used: the browser was told to stop, it waited too long, or it has none for this house.',
    'already there': 'This device or security key already has a passkey of this account.',
    'not verified': 'This security key cannot check that it is you: it has neither a PIN nor a fingerprint reader.',
    'wrong address': 'The browser refuses passkeys at this address. Open the console at its usual address.',
    failed: 'The browser could not use the passkey. Nothing was changed. Try again, or use your password.',
  },
  password: 'Password',
  passwordHint: (least: number) => `At least ${number(least)} characters. A few unrelated words are good.`,
  totp: {
    scan: 'Scan this with an authenticator app. It then shows a new code every 30 seconds.',
    qr: 'QR code for the authenticator app',
    byHand: 'Or type this secret into the app:',
    code: 'Code from the app',
    codeHint: '6 digits',
  },
  recovery: {
    title: 'Your recovery codes',
    why: 'Each of these codes works once: after your password it stands in for a code of the authenticator app; where you have passkeys only, it allows a new one when they are lost. Without codes, too, an administrator can make a new link for you. They are shown only now.',
    list: 'Recovery codes',
    copy: 'Copy all',
    print: 'Print',
    download: 'Save as a file',
    file: 'recovery-codes.txt',
    kept: 'I have kept them in a safe place',
    done: 'Continue',
    fileHead: (email: string, host: string) =>
      `Recovery codes of ${email} for the console at ${host}. Each works once.`,
  },
};
