/** What the roles and permissions are called. */
import type { Role } from '@avow/protocol/staff/roles';
import { defineTexts } from './catalogue.ts';

const en: Record<Role, string> = {
  analyst: 'Analyst',
  support: 'Support',
  marketing: 'Marketing',
  product: 'Product',
  'privacy-officer': 'Privacy officer',
  administrator: 'Administrator',
};

const de: Record<Role, string> = {
  analyst: 'Analyse',
  support: 'Support',
  marketing: 'Marketing',
  product: 'Produkt',
  'privacy-officer': 'Datenschutz',
  administrator: 'Verwaltung',
};

export const roleNames = defineTexts({ en, de });
