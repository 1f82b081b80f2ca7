/** The roles a cluster has, each owning one database into which no other role may connect. */
import { Client, escapeIdentifier, escapeLiteral } from 'pg';

export interface Role {
  name: string;
  database: string;
}

/** Creates the roles and databases that are missing; safe to run at every start, and while programs are connected. */
export async function ensureRoles(adminUrl: string, roles: Role[], passwords: Record<string, string>): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  // Queries fail by themselves; without a listener, a server that goes away between two of them would end our process.
  client.on('error', () => {});
  await client.connect();
  try {
    for (const { name, database } of roles) {
      const role = escapeIdentifier(name);
      const known = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
      if (!known.rowCount)
        await client.query(`CREATE ROLE ${role} LOGIN PASSWORD ${escapeLiteral(passwords[name] ?? '')}`);
      const there = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
      if (!there.rowCount) await client.query(`CREATE DATABASE ${escapeIdentifier(database)} OWNER ${role}`);
    }
    await closeToTheOthers(client);
  } finally {
    await client.end();
  }
}

/** A crash between CREATE DATABASE and REVOKE leaves a database open to every role: so look at all of them each time. */
async function closeToTheOthers(client: Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE has_database_privilege('public', datname, 'CONNECT')`,
  );
  for (const { datname } of rows) await client.query(`REVOKE ALL ON DATABASE ${escapeIdentifier(datname)} FROM PUBLIC`);
}
