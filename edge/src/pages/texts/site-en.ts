/** Words around every page. */
export const siteEn = {
  skip: 'Skip to the content',
  otherLanguage: 'Deutsch',
  otherLanguageNote: 'Diese Seite auf Deutsch',
  nav: {
    label: 'Main',
    register: 'Register',
    product: 'Register a product',
    my: 'Your data',
    privacy: 'Privacy',
  },
  footer: {
    label: 'About this site',
    privacy: 'Privacy statement',
    my: 'See and correct your data',
    register: 'Register',
    product: 'Register a product',
    improvement: 'What the Improvement Programme has learnt',
    contact: (email: string) => `Write to us: ${email}`,
    noCookies: 'This site sets no cookies.',
    group: 'One privacy statement for',
  },
  home: {
    lead: 'Here you can register, register a product you own, and see and correct everything we hold about you.',
    ways: [
      { href: '/register', title: 'Register', text: 'Tell us who you are and where we can reach you.' },
      {
        href: '/products/register',
        title: 'Register a product',
        text: 'Enter the serial number of your copy and receive a signed receipt.',
      },
      { href: '/my', title: 'Your data', text: 'See what we hold, where it came from and until when. Correct it.' },
    ],
    promiseTitle: 'What happens to your data',
    promise:
      'What you type into our forms is sealed in your browser. This public server passes it on and cannot open it; only a private server, not reachable from the Internet, can.',
    promiseLink: 'Read the privacy statement',
  },
  privacy: {
    title: 'Privacy statement',
    version: (version: number, day: string) => `Version ${version}, in force since ${day}`,
    contents: 'On this page',
    clause: (id: string) => `Link to paragraph ${id}`,
    notThisVersion: (version: number) => `Version ${version} is the one in force. Others are not published here.`,
  },
  errors: {
    title: {
      not_found: 'There is nothing at this address',
      too_many_requests: 'Too many requests from your network',
      too_large: 'That was too large',
      storage_full: 'Our storage is full',
      vault_away: 'The private server is away',
      internal: 'The server made a mistake',
    } as Record<string, string>,
    otherTitle: 'This did not work',
    whatNow: 'What you can do',
    advice: {
      not_found: 'Check the address for typing errors, or start from the first page.',
      too_many_requests: 'Wait a minute, then open the page again.',
      internal: 'Try again in a few minutes. If it stays, write to us and name the code below.',
    } as Record<string, string>,
    otherAdvice: 'Go back and try again. If it stays, write to us and name the code below.',
    home: 'To the first page',
    contact: 'Write to',
    code: 'Code for support:',
  },
};

export type SiteTexts = typeof siteEn;
