/** An export that cannot be brought in as it is: told in one sentence. */
export class VisitsImportProblem extends Error {}
