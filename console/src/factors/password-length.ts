/** Characters. The vault asks for them, too; here they save a way. */
export const LEAST_PASSWORD = 12;
