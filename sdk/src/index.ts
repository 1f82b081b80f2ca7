/** The published entry of `@avow/sdk`. Inside the house, single files are imported. */
export type { Choice, Standing } from './consent/consent.ts';
export type { Decision } from './consent/consent-file.ts';
export type { KillSwitch } from './consent/kill-switches.ts';
export type { KeptFile, KeptKind } from './kept-files.ts';
export type { LogEntry, LogReading } from './log/sent-log.ts';
export { type Application, checkManifest, ManifestProblem, readManifest, type SuiteManifest } from './manifest.ts';
export type { KeptRegistration, ReceiptVerdict } from './registration/kept-registration.ts';
export type { RegistrationDialog, RegistrationResult } from './registration/register-product.ts';
export type { NextReport } from './reporting/next-reports.ts';
export type { Held, WakeResult } from './reporting/wake.ts';
export { type Change, openSuite, type Participation, type Suite, type SuiteOptions } from './suite.ts';
