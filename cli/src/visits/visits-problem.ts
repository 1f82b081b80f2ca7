/** A question about visits that cannot be answered as it was put: told in one sentence. */
export class VisitsProblem extends Error {}
