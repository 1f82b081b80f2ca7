/** For tests: reports as an installation writes them, and a configuration that allows them. */
import { randomBytes } from 'node:crypto';
import type { SignedConfiguration } from '@avow/protocol/improvement/configuration';
import { type Report, type ReportContent, reportBytes } from '@avow/protocol/improvement/report';
import { UNSIGNED } from '@avow/protocol/improvement/test-configuration';
import type { Week } from '@avow/protocol/improvement/weeks';

export const CONFIGURATION: SignedConfiguration = { ...UNSIGNED, signature: '' };

export const BASE = {
  facet: 'base',
  product: 'suite',
  version: '8.1',
  os: 'windows',
  osVersion: '11',
  country: 'DE',
} as const satisfies ReportContent;

export function reportAbout(week: Week, content: ReportContent, nonce = randomBytes(16).toString('base64url')): Report {
  return { fieldList: 1, week, nonce, ...content };
}

export const bodyOf = (week: Week, content: ReportContent, nonce?: string): Uint8Array =>
  reportBytes(reportAbout(week, content, nonce));
