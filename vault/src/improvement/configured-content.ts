/** What `avow.config.ts` says of the Improvement Programme, in the words of the contract that is signed. */
import type { AvowConfig } from '@avow/config/config';
import type { ConfigurationContent } from '@avow/protocol/improvement/configuration';

/** Null where the configuration has no Improvement Programme. */
export function configuredContent({ improvement, suites }: AvowConfig): ConfigurationContent | null {
  if (!improvement) return null;
  const { charts, osVersions, countries, messages, windowHours, keepWeeks, thresholds } = improvement;
  return {
    charts,
    products: suites.map(({ id, name, reportedVersions, applications }) => ({
      id,
      name,
      versions: reportedVersions,
      applications: applications.map((application) => ({ id: application.id, name: application.name })),
    })),
    osVersions,
    countries: [...countries].sort(),
    schedule: { messages, windowHours, keepWeeks },
    thresholds,
  };
}
