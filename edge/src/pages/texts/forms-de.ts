import type { FormTexts } from './forms-en.ts';

const who = 'Unser Kundendienst, auf einem privaten Server, der aus dem Internet nicht erreichbar ist. Sonst niemand.';

export const formsDe: FormTexts = {
  facts: {
    label: 'Zu diesem Formular',
    asked: 'Was wir fragen',
    why: 'Wozu',
    who: 'Wer es sieht',
    kept: 'Wie lange',
    clauses: 'Unser Versprechen',
    clause: (id) => `Absatz ${id}`,
    clausesAfter: (version) => ` unserer Datenschutzerklärung, Version ${version}`,
    and: ' und ',
  },
  register: {
    title: 'Registrieren',
    facts: {
      asked: 'Ihren Namen, Ihre E-Mail-Adresse und Lieferanschrift. Telefonnummer und Seriennummer, wenn Sie möchten.',
      why: 'Um unsere Kunden zu kennen, um zu liefern, was Sie bestellen, und um Ihnen zu helfen.',
      who,
      kept: ({ unconfirmed }) =>
        `Solange Sie registriert sind. Bestätigen Sie die Registrierung nicht, löschen wir sie nach ${unconfirmed} Tagen.`,
      clauses: ['W3', 'W7', 'W8'],
    },
    groups: { person: 'Zu Ihnen', address: 'Lieferanschrift', more: 'Wenn Sie möchten' },
    button: (vendor) => `Bei ${vendor} registrieren`,
    done: {
      title: 'Sehen Sie in Ihr Postfach',
      text: 'Wir haben Ihnen eine E-Mail geschickt. Öffnen Sie den Link darin, um die Registrierung zu bestätigen.',
      after: (days) => `Bestätigen Sie sie nicht, löschen wir Ihre Angaben nach ${days} Tagen.`,
    },
  },
  product: {
    title: 'Ein Produkt registrieren',
    facts: {
      asked:
        'Ihren Namen, Ihre E-Mail-Adresse, Ihr Heimatland und die Seriennummer, dazu die Versionen von Datenträger und Software.',
      why: 'Damit Ihr Exemplar als Ihres bekannt ist: für Hilfe, Ersatz und Aktualisierungen.',
      who,
      kept: ({ unconfirmed }) =>
        `Solange das Produkt auf Sie registriert ist. Bestätigen Sie die Registrierung nicht, löschen wir sie nach ${unconfirmed} Tagen.`,
      clauses: ['S1', 'W7', 'W8'],
    },
    groups: { product: 'Ihr Exemplar', person: 'Zu Ihnen', more: 'Wenn Sie es wissen' },
    button: () => 'Dieses Produkt registrieren',
    done: {
      title: 'Sehen Sie in Ihr Postfach',
      text: 'Wir haben Ihnen eine E-Mail geschickt. Öffnen Sie den Link darin, um die Registrierung zu bestätigen; dann erhalten Sie den Beleg.',
      after: (days) => `Bestätigen Sie sie nicht, löschen wir Ihre Angaben nach ${days} Tagen.`,
    },
  },
  signIn: {
    title: 'Ihre Daten sehen',
    facts: {
      asked: 'Die E-Mail-Adresse, mit der Sie sich registriert haben.',
      why: 'Um Ihnen einen Link zu schicken, der Ihre Daten öffnet. Ein Passwort gibt es nicht.',
      who: 'Niemand. Der private Server sucht die Adresse und verschickt die E-Mail.',
      kept: ({ sentMail }) =>
        `Der Link gilt 15 Minuten und einmal. Die E-Mail selbst löschen wir nach ${sentMail} Tagen.`,
      clauses: ['W8', 'W7'],
    },
    groups: {},
    emailHint: 'Wir antworten gleich, ob diese Adresse bei uns registriert ist oder nicht.',
    button: () => 'Link schicken',
    done: {
      title: 'Sehen Sie in Ihr Postfach',
      text: 'Wir haben Ihnen eine E-Mail geschickt. Der Link darin öffnet Ihre Daten; er gilt 15 Minuten und einmal.',
      after: () =>
        'Nach einigen Minuten noch nichts da? Sehen Sie im Spam-Ordner nach und fordern Sie ihn dann neu an.',
    },
  },
  sentTo: 'Geschickt an:',
  mailing: {
    group: 'Verteiler',
    words: (vendor) =>
      `Nehmen Sie mich in den Verteiler von ${vendor} auf, mit Angeboten und Neuem über Programme und Dienste. Ich kann das jederzeit ändern.`,
    hint: 'Ihre Wahl hat keinen Einfluss auf die Registrierung.',
  },
  seal: {
    browser: 'In Ihrem Browser versiegelt. Nur der private Server kann es öffnen.',
    server:
      'Ohne JavaScript versiegelt der Server dieser Seite Ihre Daten sofort, im Arbeitsspeicher, und behält nichts.',
  },
  summary: 'Bitte sehen Sie sich das zuerst an',
  refused: 'Das konnte nicht angenommen werden',
  code: 'Code für Rückfragen:',
  waiting: {
    title: 'Angenommen und sicher',
    text: 'Der private Server ist gerade nicht erreichbar; Sie bekommen die E-Mail, sobald er wieder da ist.',
    textNoMail: 'Der private Server ist gerade nicht erreichbar und führt es aus, sobald er wieder da ist.',
    more: 'Was Sie geschickt haben, liegt versiegelt auf der Platte. Sie können diese Seite schließen.',
    watching: 'Diese Seite sieht nach der Antwort, solange sie offen ist.',
  },
};
