/** The import as a whole cannot go on, and the operator can mend it: told in one sentence. */
export class ImportProblem extends Error {}
