import { inLanguage } from '../../texts/in-language.ts';

const { number, day } = inLanguage('en');

export const en = {
  title: 'Earlier figures',
  add: 'Bring in an export',
  intro:
    'Figures that Plausible or Google Analytics 4 counted before. They are added where a question asks for whole days; days that this house has counted itself stay its own.',
  file: 'File',
  fileHint: {
    plausible: 'The ZIP of Plausible’s CSV export, or one table of it; at most 256 MiB.',
    ga4: 'CSV of an exploration with the dimension Date and at most one more; at most 256 MiB.',
  },
  fileHere: 'The file of the dry run is still here and is used again.',
  another: 'Choose another file',
  clear: 'Take the file out again',
  site: 'Website',
  program: 'Counted by',
  programs: { plausible: 'Plausible', ga4: 'Google Analytics 4' },
  dryButton: 'Check the file, store nothing',
  realButton: 'Bring it in',
  sending: 'Sending the file',
  list: 'What was brought in',
  none: 'Nothing was brought in yet',
  noneHint: 'What you bring in above stands here afterwards, and can be taken out again.',
  columns: { file: 'File', days: 'Days', sums: 'Figures', finished: 'Brought in' },
  days: (from: string, to: string) => (from === to ? day(from) : `${day(from)} to ${day(to)}`),
  noDays: 'no day of its own',
  unfinished: 'not finished',
  remove: 'Take out',
  removeOf: (file: string) => `Take out ${file}`,
  goes: (sums: number, file: string) => `${number(sums)} figures from ${file}`,
  stays: 'All visits that this house has counted itself, and every other import',
  elsewhere: 'Server logs, Umami and GoatCounter',
  elsewhereHint:
    'Their exports hold single visits and addresses, which may be seen on the edge’s machine and nowhere else; bring them in there:',
};
