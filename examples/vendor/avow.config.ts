import { defineConfig } from '@avow/config/config';

export default defineConfig({
  vendor: {
    name: 'Nordlicht Software',
    contactEmail: 'privacy@nordlicht.example',
    postalAddress: ['Nordlicht Software GmbH', 'Speicherstraße 12', '20457 Hamburg', 'Germany'],
    vaultName: 'vault.nordlicht.example',
  },
  timeZone: 'Europe/Berlin',
  sites: [
    {
      id: 'main',
      name: 'Nordlicht Software',
      hosts: ['nordlicht.example', 'www.nordlicht.example', 'localhost', '127.0.0.1'],
      accent: { light: '#0b5c63', dark: '#63c9cf' },
      tagline: {
        en: 'Programs for pictures, music and film. Made in Hamburg.',
        de: 'Programme für Bilder, Musik und Film. Gemacht in Hamburg.',
      },
      collect: { events: { 'Trial started': { props: ['edition'] }, 'Editions compared': {} } },
    },
    {
      id: 'labs',
      name: 'Nordlicht Labs',
      hosts: ['nordlicht-labs.example', 'www.nordlicht-labs.example', 'labs.localhost'],
      accent: { light: '#3d4db3', dark: '#a3afff' },
      tagline: {
        en: 'What we are trying out, before it is finished.',
        de: 'Was wir ausprobieren, bevor es fertig ist.',
      },
      collect: { events: { 'Feedback given': { props: ['mood'] } } },
    },
    {
      id: 'media',
      name: 'Nordlicht Media',
      hosts: ['nordlicht-media.example', 'www.nordlicht-media.example', 'media.localhost'],
      accent: { light: '#8a3a12', dark: '#f2a679' },
      tagline: {
        en: 'Templates, sounds and courses for the Nordlicht Suite.',
        de: 'Vorlagen, Klänge und Kurse für die Nordlicht Suite.',
      },
      collect: { events: { 'Course started': { props: ['course'] }, 'Sounds played': { props: ['pack'] } } },
    },
  ],
  suites: [
    {
      id: 'nordlicht-suite',
      name: 'Nordlicht Suite',
      version: '8',
      productCode: 8,
      editions: [
        { id: 'essentials', name: 'Essentials', code: 1 },
        { id: 'standard', name: 'Standard', code: 2 },
        { id: 'studio', name: 'Studio', code: 3 },
      ],
      reportedVersions: ['7.0', '7.5', '8.0', '8.1'],
      applications: [
        { id: 'control-center', name: 'Control Center' },
        { id: 'disc', name: 'Nordlicht Disc' },
        { id: 'photo', name: 'Nordlicht Photo' },
        { id: 'sound', name: 'Nordlicht Sound' },
        { id: 'video', name: 'Nordlicht Video' },
        { id: 'backup', name: 'Nordlicht Backup' },
      ],
      legacySerialPattern: '[0-9][A-Z0-9]{2}[0-9]-[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}',
    },
  ],
  statement: {
    version: 8,
    effective: '2026-11-23',
    files: { en: 'statement/v8.en.md', de: 'statement/v8.de.md' },
  },
  improvement: {
    charts: [
      {
        id: 'weekly-actives',
        facet: 'base',
        title: { en: 'Installations in use', de: 'Genutzte Installationen' },
        why: {
          en: 'How large servers for updates have to be, and whether the suite is worth carrying on.',
          de: 'Wie groß die Server für Aktualisierungen sein müssen und ob sich die Suite weiterhin lohnt.',
        },
      },
      {
        id: 'versions',
        facet: 'base',
        title: { en: 'Versions', de: 'Versionen' },
        why: {
          en: 'When support for an old version can end without leaving many behind.',
          de: 'Wann die Pflege einer alten Version enden kann, ohne dass viele zurückbleiben.',
        },
      },
      {
        id: 'systems',
        facet: 'base',
        title: { en: 'Operating systems', de: 'Betriebssysteme' },
        why: {
          en: 'On which systems each version has to be tested.',
          de: 'Auf welchen Systemen jede Version geprüft werden muss.',
        },
      },
      {
        id: 'countries',
        facet: 'base',
        title: { en: 'Countries', de: 'Länder' },
        why: {
          en: 'Into which languages handbooks and menus are translated next.',
          de: 'In welche Sprachen Handbücher und Menüs als Nächstes übersetzt werden.',
        },
      },
      {
        id: 'retention',
        facet: 'age',
        title: { en: 'Time since installation', de: 'Zeit seit der Installation' },
        why: {
          en: 'Whether people keep using the suite after the first weeks, or where they are lost.',
          de: 'Ob die Suite nach den ersten Wochen weiter genutzt wird oder wo sie ihre Nutzer verliert.',
        },
      },
      {
        id: 'applications',
        facet: 'apps',
        title: { en: 'Installed applications', de: 'Installierte Anwendungen' },
        why: {
          en: 'Which applications belong together in an edition.',
          de: 'Welche Anwendungen in einer Edition zusammengehören.',
        },
      },
      {
        id: 'use',
        facet: 'starts',
        title: { en: 'Use of each application', de: 'Nutzung der einzelnen Anwendungen' },
        why: {
          en: 'Which application to improve first, and which one nobody would miss.',
          de: 'Welche Anwendung zuerst verbessert wird und welche niemand vermissen würde.',
        },
      },
    ],
    osVersions: {
      windows: ['7', '8', '10', '11'],
      macos: ['11', '12', '13', '14', '15', '26'],
      linux: ['4', '5', '6'],
    },
    countries: ['AT', 'CH', 'DE', 'ES', 'FR', 'GB', 'IT', 'NL', 'PL', 'US'],
  },
  mail: { from: 'Nordlicht Software <privacy@nordlicht.example>' },
});
