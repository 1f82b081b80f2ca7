/** What an operator of serials can mend; the message says how. */
export class SerialProblem extends Error {}
