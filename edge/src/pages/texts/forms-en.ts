/** Words of the three forms and of what follows them. */
export interface FormFacts {
  asked: string;
  why: string;
  who: string;
  kept: (days: { unconfirmed: number; sentMail: number }) => string;
  /** Promise ids, the first one is the form's own. */
  clauses: string[];
}

const who = 'Our customer service, on a private server that cannot be reached from the Internet. Nobody else.';

export const formsEn = {
  facts: {
    label: 'About this form',
    asked: 'What we ask',
    why: 'Why',
    who: 'Who sees it',
    kept: 'How long',
    clauses: 'Our promise',
    clause: (id: string) => `paragraph ${id}`,
    clausesAfter: (version: number) => ` of our privacy statement, version ${version}`,
    and: ' and ',
  },
  register: {
    title: 'Register',
    facts: {
      asked: 'Your name, e-mail address and shipping address. Telephone number and serial number if you like.',
      why: 'To know our customers, to send what you order, and to help you.',
      who,
      kept: ({ unconfirmed }) =>
        `As long as you are registered. If you do not confirm the registration, we delete it after ${unconfirmed} days.`,
      clauses: ['W3', 'W7', 'W8'],
    } satisfies FormFacts as FormFacts,
    groups: { person: 'About you', address: 'Shipping address', more: 'If you like' },
    button: (vendor: string) => `Register with ${vendor}`,
    done: {
      title: 'Look into your mailbox',
      text: 'We have sent you a mail. Open the link in it to confirm the registration.',
      after: (days: number) => `If you do not confirm it, we delete what you sent after ${days} days.`,
    },
  },
  product: {
    title: 'Register a product',
    facts: {
      asked: 'Your name, e-mail address, home country and the serial number, with the versions of disc and software.',
      why: 'So that your copy is known as yours: for help, replacement and updates.',
      who,
      kept: ({ unconfirmed }) =>
        `As long as the product is registered to you. If you do not confirm the registration, we delete it after ${unconfirmed} days.`,
      clauses: ['S1', 'W7', 'W8'],
    } satisfies FormFacts as FormFacts,
    groups: { product: 'Your copy', person: 'About you', more: 'If you know it' },
    button: (_vendor: string) => 'Register this product',
    done: {
      title: 'Look into your mailbox',
      text: 'We have sent you a mail. Open the link in it to confirm the registration; you then get the receipt.',
      after: (days: number) => `If you do not confirm it, we delete what you sent after ${days} days.`,
    },
  },
  signIn: {
    title: 'See your data',
    facts: {
      asked: 'The e-mail address you registered with.',
      why: 'To send you a link that opens your data. There is no password.',
      who: 'Nobody. The private server looks the address up and sends the mail.',
      kept: ({ sentMail }) => `The link works for 15 minutes, once. The mail itself we delete after ${sentMail} days.`,
      clauses: ['W8', 'W7'],
    } satisfies FormFacts as FormFacts,
    groups: {},
    emailHint: 'We answer the same way whether or not this address is registered with us.',
    button: (_vendor: string) => 'Send me the link',
    done: {
      title: 'Look into your mailbox',
      text: 'We have sent you a mail. The link in it opens your data; it works for 15 minutes, once.',
      after: (_days: number) => 'Nothing there after some minutes? Look into the spam folder, then ask again.',
    },
  },
  sentTo: 'Sent to:',
  mailing: {
    group: 'Mailing list',
    words: (vendor: string) =>
      `Put me on the mailing list of ${vendor}, with special offers and news about programs and services. I can change this at any time.`,
    hint: 'Your choice has no effect on the registration.',
  },
  seal: {
    browser: 'Sealed in your browser. Only the private server can open it.',
    server: 'Without JavaScript this page’s server seals your data at once, in memory, and keeps nothing.',
  },
  summary: 'Please check this first',
  refused: 'This could not be accepted',
  code: 'Code for support:',
  waiting: {
    title: 'Accepted and safe',
    text: 'The private server is away, you will get the mail when it is back.',
    textNoMail: 'The private server is away and will carry this out when it is back.',
    more: 'What you sent is on disk, sealed. You can close this page.',
    watching: 'This page looks for the answer while it is open.',
  },
};

export type FormTexts = typeof formsEn;
