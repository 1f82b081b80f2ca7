import { expect, test } from 'vitest';
import { composeMail } from './compose.ts';

const vendor = {
  name: 'Nordlicht',
  contactEmail: 'privacy@nordlicht.example',
  postalAddress: ['Nordlicht', 'Weg 1'],
  vaultName: 'vault.test',
};
const content = {
  subject: 'Please confirm',
  paragraphs: ['Hello <Ada> & "co".', 'Second\nline.'],
  action: { label: 'Confirm', url: 'https://example.org/confirm#A&B', code: 'ABCDE' },
  language: 'en' as const,
};

/** What a reader sees of the HTML. */
function words(html: string): string[] {
  return html
    .replace(/<head>.*<\/head>/s, '')
    .replace(/<br>|<\/p>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replace(/&#(\d+);/g, (_all, code) => String.fromCharCode(Number(code)))
    .split(/\s+/)
    .filter(Boolean);
}

test('text and HTML say the same words in the same order', () => {
  const mail = composeMail(content, vendor);
  const text = mail.text.replace('Confirm:', 'Confirm').replace('-- \n', '').split(/\s+/).filter(Boolean);
  expect(words(mail.html)).toEqual(text);
});

test('signs with each line of the sender once, and an address for questions in the reader’s language', () => {
  expect(composeMail(content, vendor).text).toMatch(/-- \nNordlicht\nWeg 1\nQuestions: privacy@nordlicht.example\n$/);
  expect(composeMail({ ...content, language: 'de' }, vendor).text).toContain('Fragen: privacy@nordlicht.example');
});

test.each(['en', 'de'] as const)(
  'the link leads to the page in the mail’s language (%s), the code stays after #',
  (language) => {
    const { text, html } = composeMail({ ...content, language }, vendor);
    const link = `https://example.org/confirm?lang=${language}#A&B`;
    expect(text).toContain(`\n${link}\n`);
    expect(html).toContain(`<a href="${link.replace('&', '&#38;')}"`);
  },
);

test('escapes what people typed, and loads nothing from outside', () => {
  const { html } = composeMail({ ...content, paragraphs: ['<img src=x onerror=alert(1)>'] }, vendor);
  expect(html).not.toContain('<img');
  expect(html).not.toMatch(/<[^>]+\s(src|background)=|@import|url\(/);
});

test('keeps a subject on one line, whatever stands in it', () => {
  const { subject } = composeMail({ ...content, subject: 'Hello\r\nBcc: all@example.org\u2028\0' }, vendor);
  expect(subject).toBe('Hello Bcc: all@example.org');
});
