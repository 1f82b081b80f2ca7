import type { SiteTexts } from './site-en.ts';

export const siteDe: SiteTexts = {
  skip: 'Zum Inhalt springen',
  otherLanguage: 'English',
  otherLanguageNote: 'This page in English',
  nav: {
    label: 'Haupt',
    register: 'Registrieren',
    product: 'Produkt registrieren',
    my: 'Ihre Daten',
    privacy: 'Datenschutz',
  },
  footer: {
    label: 'Über diese Website',
    privacy: 'Datenschutzerklärung',
    my: 'Ihre Daten sehen und berichtigen',
    register: 'Registrieren',
    product: 'Ein Produkt registrieren',
    improvement: 'Was das Verbesserungsprogramm gelernt hat',
    contact: (email) => `Schreiben Sie uns: ${email}`,
    noCookies: 'Diese Website setzt keine Cookies.',
    group: 'Eine Datenschutzerklärung für',
  },
  home: {
    lead: 'Hier können Sie sich registrieren, ein Produkt registrieren und alles sehen und berichtigen, was wir über Sie gespeichert haben.',
    ways: [
      { href: '/register', title: 'Registrieren', text: 'Sagen Sie uns, wer Sie sind und wie wir Sie erreichen.' },
      {
        href: '/products/register',
        title: 'Ein Produkt registrieren',
        text: 'Geben Sie die Seriennummer Ihres Exemplars ein; Sie erhalten einen unterschriebenen Beleg.',
      },
      {
        href: '/my',
        title: 'Ihre Daten',
        text: 'Sehen Sie, was wir gespeichert haben, woher es kommt und bis wann. Berichtigen Sie es.',
      },
    ],
    promiseTitle: 'Was mit Ihren Daten geschieht',
    promise:
      'Was Sie in unsere Formulare schreiben, versiegelt Ihr Browser. Dieser öffentliche Server reicht es weiter und kann es nicht öffnen; das kann nur ein privater Server, der aus dem Internet nicht erreichbar ist.',
    promiseLink: 'Die Datenschutzerklärung lesen',
  },
  privacy: {
    title: 'Datenschutzerklärung',
    version: (version, day) => `Version ${version}, in Kraft seit ${day}`,
    contents: 'Auf dieser Seite',
    clause: (id) => `Link zu Absatz ${id}`,
    notThisVersion: (version) => `In Kraft ist Version ${version}. Andere sind hier nicht veröffentlicht.`,
  },
  errors: {
    title: {
      not_found: 'Unter dieser Adresse ist nichts',
      too_many_requests: 'Zu viele Anfragen aus Ihrem Netz',
      too_large: 'Das war zu groß',
      storage_full: 'Unser Speicher ist voll',
      vault_away: 'Der private Server ist gerade nicht erreichbar',
      internal: 'Dem Server ist ein Fehler unterlaufen',
    },
    otherTitle: 'Das hat nicht geklappt',
    whatNow: 'Was Sie tun können',
    advice: {
      not_found: 'Prüfen Sie die Adresse auf Tippfehler oder beginnen Sie auf der ersten Seite.',
      too_many_requests: 'Warten Sie eine Minute und öffnen Sie die Seite dann erneut.',
      internal:
        'Versuchen Sie es in einigen Minuten noch einmal. Bleibt es dabei, schreiben Sie uns und nennen Sie den Code unten.',
    },
    otherAdvice:
      'Gehen Sie zurück und versuchen Sie es noch einmal. Bleibt es dabei, schreiben Sie uns und nennen Sie den Code unten.',
    home: 'Zur ersten Seite',
    contact: 'Schreiben Sie an',
    code: 'Code für Rückfragen:',
  },
};
