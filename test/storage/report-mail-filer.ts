// Takes report mail in and looks who wrote it, for report-mail-kill.test.ts, which kills it: DIRECTORY ZONE PATH… (`-` for no zone).
import { readFileSync } from 'node:fs';
import { openOrganisation, openWorld } from '../../src/app.ts';

const [directory, zoneFile, ...paths] = process.argv.slice(2);
const world = zoneFile === '-' ? undefined : (await openWorld({ zones: [{ text: readFileSync(zoneFile!) }] })).world!;
const organisation = await openOrganisation({
  directory: directory!,
  ...(world === undefined ? {} : { authenticateBy: world.resolver }),
});
process.stdout.write('open\n');
if (paths.length > 0) await organisation.takeIn(paths, {});
else await organisation.authenticate({});
const totals = await organisation.memory.history.ask({ by: [], measures: ['messages', 'rows', 'reports'] });
const counted = organisation.register.counts({ state: ['counted'] })[0];
await organisation.close();
process.stdout.write(
  `${JSON.stringify({
    history: [totals.messages[0], totals.rows[0], totals.reports[0]],
    register: [counted?.messages, counted?.rows, counted?.documents],
  })}\n`,
);
