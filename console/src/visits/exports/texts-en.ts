export const en = {
  title: 'Events as a file',
  hint: 'Page views and events as they are stored, in a file. They carry no identity, and go when their days are over; figures stay.',
  site: 'Website',
  all: 'All websites',
  from: 'First day',
  to: 'Last day',
  format: 'Format',
  formats: { csv: 'CSV', json: 'NDJSON, one object a line' },
  button: 'Make the file',
};
