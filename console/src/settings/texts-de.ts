import type { Translated } from '../texts/catalogue.ts';
import { inLanguage } from '../texts/in-language.ts';
import type { en } from './texts-en.ts';

const { plural, day } = inLanguage('de');

export const de: Translated<typeof en> = {
  title: 'Einstellungen',
  hint: (file: string) =>
    `All das steht in ${file}. Ändern Sie es dort und starten Sie neu; der Vault schreibt nie hinein.`,
  noFile: 'der Konfigurationsdatei',
  vendor: {
    title: 'Hersteller und Erklärung',
    name: 'Name',
    contact: 'Kontakt der Erklärung',
    postal: 'Anschrift',
    from: 'Absender der Mails',
    zone: 'Zeitzone der Berichte',
    statement: 'Erklärung',
    statementOf: (version: number, since: string) => `Fassung ${version}, gültig seit ${day(since)}`,
    publicUrl: 'Öffentliche Adresse',
    edges: 'Edges, die der Vault anruft',
    vaultName: 'Name des Vaults',
  },
  sites: {
    title: 'Websites',
    columns: { name: 'Website', hosts: 'Hosts', events: 'Eigene Ereignisse', geography: 'Geografie' },
    geography: { country: 'Land', none: 'keine' },
  },
  suites: {
    title: 'Suiten und Anwendungen',
    columns: { name: 'Suite', editions: 'Editionen', applications: 'Anwendungen', legacy: 'Ältere Seriennummern' },
    legacy: { yes: 'einlesbar', no: 'kein Muster' },
  },
  retention: {
    title: 'Aufbewahrung',
    columns: { name: 'Einstellung', days: 'Tage' },
    ofSite: (site: string) => `Einzelne Ereignisse von ${site}`,
    names: {
      'retention.unconfirmedDays': 'Registrierungen, die niemand bestätigt hat',
      'retention.sentMailDays': 'Gesendete Mails',
      'retention.jobFileDays': 'Dateien von Aufträgen',
      'visits.rawDays': 'Einzelne Ereignisse von Besuchen',
      'edge.accessLogDays': 'Zugriffsprotokoll am Edge',
    },
  },
  keeps: {
    title: 'Alles, was aufbewahrt wird',
    hint: 'Das Verzeichnis der Verarbeitungen, aus dem Code abgeleitet: Es kann nichts anderes sagen, als das Programm tut.',
    columns: {
      purpose: 'Zweck',
      table: 'Tabelle',
      why: 'Warum',
      promises: 'Zusagen',
      kept: 'Wie lange',
      readers: 'Wer es liest',
    },
    readerNames: {
      nobody: 'niemand',
      'the person': 'die Person',
      support: 'Support',
      marketing: 'Marketing',
      product: 'Produkt',
      'privacy officer': 'Datenschutz',
      administrator: 'Verwaltung',
    },
  },
  check: {
    title: 'Vor einem Neustart',
    hint: 'Liest die Datei, wie sie jetzt ist, und sagt, was ein Neustart ändern würde. Übernommen wird nichts.',
    button: 'Die Datei prüfen',
    same: 'Die Datei sagt, was gilt. Ein Neustart ändert nichts.',
    usable: (count: number) =>
      plural(count, {
        one: 'Ein Neustart würde # Einstellung ändern.',
        other: 'Ein Neustart würde # Einstellungen ändern.',
      }),
    unusable: 'Die Datei ist unbrauchbar: Nach einem Neustart liefe der Vault nicht. Was gilt, bleibt.',
    columns: { path: 'Einstellung', inForce: 'Gilt', inFile: 'In der Datei' },
    absent: '(nicht da)',
  },
};
