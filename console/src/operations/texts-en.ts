import { inLanguage } from '../texts/in-language.ts';

const { plural, number, day } = inLanguage('en');

type Values = Readonly<Record<string, string | number>>;

export const en = {
  title: 'Operations',
  version: (version: string) => `Avow ${version}`,
  alarms: {
    title: 'What needs somebody',
    none: 'Nothing needs you',
    noneHint: 'Links, databases, disk, mails, tasks, keys and backups were looked at just now.',
    urgent: 'now',
    soon: 'soon',
    /** What is wrong, then what to do. */
    what: {
      'link-down': ({ edge, minutes }: Values) =>
        `The edge ${edge} has not answered for ${plural(Number(minutes), { one: '# minute', other: '# minutes' })}.`,
      'spool-old': ({ edge, days }: Values) =>
        Number(days) === 1
          ? `At the edge ${edge} requests or visits have been waiting since yesterday.`
          : `At the edge ${edge} requests or visits have been waiting for ${days} days.`,
      'database-away': ({ engine }: Values) => `The database "${engine}" does not answer.`,
      'clickhouse-away': () => 'ClickHouse does not answer.',
      'disk-low': ({ percent }: Values) => `Only ${percent} % of the disk is free.`,
      'mails-failed': ({ count }: Values) =>
        plural(Number(count), { one: '# mail was refused for good.', other: '# mails were refused for good.' }),
      'mails-unknown': ({ count }: Values) =>
        plural(Number(count), {
          one: 'Of # mail nobody knows whether it arrived.',
          other: 'Of # mails nobody knows whether they arrived.',
        }),
      'mails-stuck': ({ count }: Values) => `${number(Number(count))} mails are waiting to be sent.`,
      'requests-set-aside': ({ count }: Values) =>
        plural(Number(count), {
          one: '# accepted request could not be carried out.',
          other: '# accepted requests could not be carried out.',
        }),
      'task-failed': ({ task }: Values) => `The periodic task ${task} failed when it last ran.`,
      'no-gateway-key': () => 'The key that opens sealed requests is missing.',
      'key-log-broken': () => 'The key log does not verify; browsers refuse to seal.',
      'key-old': ({ days }: Values) => `The gateway key is ${days} days old.`,
      'retired-keys-left': ({ count }: Values) =>
        plural(Number(count), {
          one: '# retired key should be destroyed by now.',
          other: '# retired keys should be destroyed by now.',
        }),
      'backup-never': () => 'There has never been a backup.',
      'backup-old': ({ days }: Values) => `The last backup is ${days} days old.`,
    },
    todo: {
      'link-down':
        'Nothing is lost: requests wait there, sealed. Check that the edge runs, that this machine reaches it, and that the clocks agree.',
      'spool-old':
        'Nothing is lost. Check that the vault reaches the edge and that the databases below answer; it then takes over by itself what waits.',
      'database-away': 'Start it, or look into its log. The vault goes on by itself when it is back.',
      'clickhouse-away': 'Start it, or look into its log. Visits wait at the edges meanwhile and are counted later.',
      'disk-low': 'Make room, or give it a larger disk. The edge refuses new requests before the disk is full.',
      'mails-failed':
        'Look at them below. The mail server gave a reply code; addresses that do not exist need nothing.',
      'mails-unknown':
        'They left in the moment of a crash and are not sent again by themselves. Send them again below if a second copy does no harm.',
      'mails-stuck': 'Check the mail server and SMTP_URL. They are sent as soon as it takes them.',
      'requests-set-aside':
        'A mistake in the program kept them from being carried out; they are kept sealed. Update, then try them again below.',
      'task-failed': 'Look into the log of the vault, then run it below.',
      'no-gateway-key': 'Restore the keyring database, or make a new key with "avow keys rotate" and the root key.',
      'key-log-broken': 'Somebody or something changed the log. Restore the vault database.',
      'key-old': 'Rotate it: "avow keys rotate", with the root key at hand.',
      'retired-keys-left': 'Run the task keys.destroyRetired below.',
      'backup-never': 'Make one, of the vault and the keyring apart, and keep the master key with neither.',
      'backup-old': 'Make one. What was registered since would be lost with this machine.',
    },
  },
  links: {
    title: 'Edges',
    hint: 'The vault dials them; nothing comes in from outside.',
    none: 'No edge is configured',
    noneHint: 'Set AVOW_EDGES or vault.edges and restart the vault.',
    columns: {
      edge: 'Edge',
      state: 'Link',
      answered: 'Last answer',
      waiting: 'Waiting there',
      oldest: 'Oldest of it',
      hand: 'In hand',
      drain: 'Visits taken over',
    },
    connected: 'connected',
    away: 'away',
    never: 'never',
    today: 'from today',
    daysOld: (count: number) => plural(count, { one: '# day old', other: '# days old' }),
    ago: (text: string) => `${text} ago`,
  },
  engines: {
    title: 'Databases and disk',
    columns: { name: 'Database', state: 'State', version: 'Version', size: 'On disk' },
    names: { vault: 'Vault (PostgreSQL)', keyring: 'Keyring (PostgreSQL)', clickhouse: 'Visits (ClickHouse)' },
    states: { reachable: 'reachable', away: 'away', 'not configured': 'not configured' },
    disk: (free: string, total: string) => `${free} of ${total} free on the disk.`,
    noDisk: 'The system does not tell how much room there is.',
  },
  mail: {
    title: 'Mails',
    figures: { waiting: 'Waiting', failed: 'Refused', unknown: 'Unknown', handedOver: 'Handed over' },
    handedOverHint: 'while they are kept',
    caught: 'No mail server is configured: mails go to the local catcher, and nobody gets them.',
    troubled: 'Refused and unknown mails',
    troubledHint: 'Neither address nor contents are shown.',
    none: 'Every mail arrived',
    noneHint: 'Mails that a server refused, or that a crash left in doubt, would stand here.',
    columns: { purpose: 'What for', state: 'State', code: 'Reply', day: 'Day', act: 'Send again' },
    states: { failed: 'refused', unknown: 'unknown' },
    again: 'Send again',
    againOf: (purpose: string, id: string) => `Send again: ${purpose}, ${id}`,
    confirm: {
      title: 'Send this mail again',
      text: 'Nobody knows whether it arrived. If it did, the person gets it a second time. Nothing else happens twice: the links in it work once.',
      button: 'Send it again',
    },
    queued: 'It is queued.',
  },
  setAside: {
    title: 'Requests set aside',
    none: 'None',
    some: (count: number) =>
      plural(count, { one: '# accepted request waits, sealed.', other: '# accepted requests wait, sealed.' }),
    oldest: (oldest: string) => `The oldest is of ${day(oldest)}.`,
    retry: 'Try them again',
    left: (count: number) =>
      count === 0 ? 'All were carried out.' : plural(count, { one: '# is left.', other: '# are left.' }),
  },
  tasks: {
    title: 'Periodic tasks',
    hint: 'Times are UTC. Those that forget say how many rows went on that day.',
    columns: {
      name: 'Task',
      cron: 'When',
      last: 'Last day',
      ran: 'Runs',
      gone: 'Went',
      state: 'State',
      act: 'Run now',
    },
    ok: 'well',
    failed: 'failed',
    never: 'not yet',
    run: 'Run now',
    runOf: (name: string) => `Run now: ${name}`,
    started: (name: string) => `${name} runs within half a minute.`,
  },
  keys: {
    title: 'Keys and backups',
    active: 'Gateway key',
    activeSince: (since: string, days: number) =>
      plural(days, { one: `since ${day(since)}, # day`, other: `since ${day(since)}, # days` }),
    noActive: 'missing',
    log: 'Key log',
    verified: 'verifies',
    broken: 'does not verify',
    retired: 'Retired keys',
    retiredUntil: (last: string) => `the last is destroyed on ${day(last)}`,
    master: 'Master key',
    masterDay: (made: string) => `a file of ${day(made)}`,
    noMaster: 'no file in the folder of keys',
    root: 'Root key, public half',
    rootNone: 'none yet',
    dataKeys: 'Data keys',
    backup: 'Last backup',
    never: 'never',
    rollUps: 'Visits rolled up until',
    rollUpsStale: (count: number) => plural(count, { one: '# day waits', other: '# days wait' }),
    rollUpsNone: 'nothing yet',
  },
};
