/** The engine's only user. */
export const USER = 'avow';

/**
 * The database that the URL names. Not `default`, which in this engine is a mixture: it takes unknown table names for names of files.
 */
export const DATABASE = 'avow';
