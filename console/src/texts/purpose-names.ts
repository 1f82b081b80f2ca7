/** What staff may open a person for (U5), as choices and in the audit log. */
import type { StaffPurpose } from '@avow/protocol/staff/purposes';
import { defineTexts } from './catalogue.ts';

const en: Record<StaffPurpose, string> = {
  'usage-patterns': 'Understand how our products are used',
  'clarify-inaccurate-information': 'Clear up inaccurate information',
  'customer-service-issue': 'Solve a customer’s problem',
};

const de: Record<StaffPurpose, string> = {
  'usage-patterns': 'Verstehen, wie unsere Produkte benutzt werden',
  'clarify-inaccurate-information': 'Unrichtige Angaben klären',
  'customer-service-issue': 'Ein Anliegen einer Kundin oder eines Kunden lösen',
};

export const purposeNames = defineTexts({ en, de });
