export const formsEn = {
  sealing: 'Sealing and sending.',
  waiting: 'Sent. Waiting for the private server.',
};

export type FormTexts = typeof formsEn;
