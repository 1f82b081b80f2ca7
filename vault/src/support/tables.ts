interface PersonQuestionsTable {
  id: string;
  person_id: string;
  /** JSON of field and question, encrypted with the person's key. */
  question: Buffer;
  answer: Buffer | null;
  day: string;
  answered_on: string | null;
}

declare module '../platform/database.ts' {
  interface VaultTables {
    person_questions: PersonQuestionsTable;
  }
}

export {};
