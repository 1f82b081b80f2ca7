/** Every permission in a sentence: English as the table of permissions says it. */
import { PERMISSIONS, type Permission } from '@avow/protocol/staff/roles';
import { defineTexts } from './catalogue.ts';

const en: Record<Permission, string> = PERMISSIONS;

const de: Record<Permission, string> = {
  'visits:read': 'Nach Zahlen der Besuche fragen.',
  'visits:export': 'Zahlen und einzelne Ereignisse als Dateien mitnehmen.',
  'visits:write': 'Segmente, Ziele, Trichter, Anmerkungen und Alarme speichern.',
  'visits:share': 'Lese-Links zu Zahlen anlegen.',
  'people:read':
    'Personen über E-Mail-Adresse oder Seriennummer finden und sie für einen erklärten Zweck, mit Eintrag im Protokoll, öffnen (U5).',
  'people:write': 'Daten einer Person berichtigen und Personen um Klärung bitten (U5, W8).',
  'serials:read': 'Chargen von Seriennummern und angehaltene Registrierungen sehen.',
  'serials:write': 'Seriennummern erzeugen und einlesen, Streitfälle und Übertragungen entscheiden.',
  'improvement:read': 'Nach Zahlen des Verbesserungsprogramms fragen.',
  'improvement:export': 'Diese Zahlen als Dateien mitnehmen.',
  'operations:read': 'Sehen, wie es dem Haus geht.',
  'operations:write': 'Seine Arbeiten starten, anhalten und wiederholen.',
  'settings:read': 'Die geltende Konfiguration sehen.',
  'tokens:write': 'API-Token anlegen und widerrufen.',
  'staff:read': 'Sehen, wer was darf.',
  'staff:write': 'Mitarbeitende einladen, Rollen ändern, Sitzungen beenden.',
  'audit:read': 'Das Prüfprotokoll lesen.',
};

export const permissionNames = defineTexts({ en, de });
