/** `bench/improvement.ts` by the whole way of a report: takes a quarter of an hour on two quiet cores. `npm run bench:improvement-relay` */
process.env.THROUGH_RELAY = '1';
await import('./improvement.ts');
