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
  mail: { from: 'Nordlicht Software <privacy@nordlicht.example>' },
});
