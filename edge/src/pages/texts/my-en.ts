/** Words of `/my` that the server renders; the rest is in the browser's own catalogue, for only the browser sees the data. */
export const myEn = {
  title: 'Your data',
  lead: 'Everything we hold about you: where it came from, what it is for, and until when.',
  opening: 'Opening.',
  noScript: {
    title: 'This page needs JavaScript',
    text: 'Your data is sealed on the private server and opened only in your browser. That needs a program in the browser. Without it, the public server would have to read your data, and it must not.',
    instead: 'You can switch JavaScript on for this page, or write to us; we then answer by mail:',
  },
};

export type MyTexts = typeof myEn;
