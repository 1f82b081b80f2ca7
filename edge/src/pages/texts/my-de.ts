import type { MyTexts } from './my-en.ts';

export const myDe: MyTexts = {
  title: 'Ihre Daten',
  lead: 'Alles, was wir über Sie gespeichert haben: woher es kommt, wozu es dient und bis wann.',
  opening: 'Wird geöffnet.',
  noScript: {
    title: 'Diese Seite braucht JavaScript',
    text: 'Ihre Daten verlassen den privaten Server versiegelt und werden erst in Ihrem Browser geöffnet. Dafür braucht es dort ein Programm. Ohne dieses müsste der öffentliche Server Ihre Daten lesen, und das darf er nicht.',
    instead: 'Sie können JavaScript für diese Seite einschalten oder uns schreiben; wir antworten dann per E-Mail:',
  },
};
