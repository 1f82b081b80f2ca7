import { inLanguage } from '../texts/in-language.ts';

const { list } = inLanguage('en');

export const en = {
  title: 'Welcome',
  loading: 'Your link is being checked',
  needsLink: {
    title: 'A link is needed',
    setup:
      'Nobody has an account here yet. The first one is made through the link that the server printed when it started: look for it in the terminal where you ran `avow up`.',
    invited: 'To make an account, open the whole link from your invitation.',
    signIn: 'I have an account: sign in',
  },
  refused: {
    title: 'This link does not work',
    hint: 'Each link works once and for a limited time. Ask an administrator for a new one. If nobody has an account yet, start the server again: it prints a new link.',
  },
  who: {
    first: 'You are the first administrator. You can invite others afterwards.',
    invited: (roles: readonly string[]) => `You were invited as ${list(roles)}.`,
    name: 'Your name',
    nameHint: 'Shown to the others, and in the audit log beside what you do.',
    email: 'E-mail address',
    emailHint: 'You sign in with it. Mails about your account go there.',
    next: 'Continue',
  },
  how: {
    title: 'How will you sign in?',
    passkey: 'With a passkey',
    passkeyHint:
      'Fingerprint, face or PIN of your device, or a security key. Nothing to remember, nothing to be stolen by a false page.',
    recommended: 'Recommended',
    label: 'Name of this passkey',
    labelHint: 'So that you know it again, like "Work laptop".',
    labelGiven: 'My device',
    makePasskey: 'Make a passkey',
    password: 'With a password and an authenticator app',
    passwordHint: 'For devices without passkeys. You type a code from the app each time.',
    choosePassword: 'Continue',
    back: 'Back',
  },
  app: {
    title: 'Set up your authenticator app',
    finish: 'Finish',
  },
};
