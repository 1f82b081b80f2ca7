// What visits_by_hour, visits_by_day and gathered_staging have taken the place of; in a file of its own, because they were made of it.
export const up = [
  'visits_hourly',
  'visits_by_value_daily',
  'visits_staging',
  'visits_hourly_staging',
  'visits_by_value_daily_staging',
].map((table) => `DROP TABLE IF EXISTS ${table} SYNC`);
