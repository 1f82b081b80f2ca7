/** What staff may look at a person's data for: the three uses that the statement allows (U5). */
export const STAFF_PURPOSES = ['usage-patterns', 'clarify-inaccurate-information', 'customer-service-issue'] as const;

export type StaffPurpose = (typeof STAFF_PURPOSES)[number];
