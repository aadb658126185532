// Reports that nobody who received mail wrote: sent by strangers in the name of reporters, to make forged mail look like ours, or
// ours like forged. They come by mail only, without a signature of the reporter, from an address its SPF record does not name. They
// count nowhere in the truth.
import { dateOf } from './calendar.ts';
import { random } from './random.ts';
import { footXml, headXml, recordMiddle, recordOpen, tailXml, verdictXml } from './report-xml.ts';
import { idOf, periodOf } from './report.ts';
import type { ReportedPlay } from './traffic.ts';

const targets = ['lageland.example', 'mijn-lageland.example', 'lagelandmail.example', 'poldernet.example'];

/** On some days, a stranger's report. */
export async function poison(world: ReportedPlay, day: number): Promise<void> {
  const dice = random(world.seed, 'poison', day);
  if (!dice.chance(world.scale.bundled ? 0.04 : 0.5)) return;
  const applied = world.receivers.applied(dice.pick(targets), 'rfc7489');
  if (applied === undefined) return;
  const policy = applied.record;
  // Those who send by mail are the ones whose mail an impostor can add to.
  const reporter = dice.pick(world.reporters.filter(({ container }) => container === 'eml' || container === 'mbox'));
  const generation = day >= reporter.rfc9990Since ? 'rfc9990' : 'rfc7489';
  const { firstDay, lastDay } = periodOf(reporter, day, world.days);
  const begin = (world.scale.first + firstDay) * 86_400 + reporter.skewHours * 3600;
  const end = begin + (lastDay - firstDay + 1) * 86_400 - 1;
  // Half of them take the name of a report that exists, and say more than it does.
  const copies = dice.chance(0.5);
  const reportId = copies
    ? idOf(reporter, policy.domain, begin, world.seed)
    : idOf(reporter, policy.domain, begin, `poison/${day}`);
  const forgers = world.origins.filter(({ kind }) => kind === 'forged');
  const own = world.origins.filter(({ kind }) => kind === 'own');
  const records: string[] = [];
  for (let i = 0; i < 12 + dice.below(30); i++) {
    const whitewash = dice.chance(0.7);
    const origin = dice.pick(whitewash ? forgers : own);
    const lane = dice.pick(origin.lanes);
    const source = world.sources.list[lane.pool.draw(dice, day)]!;
    const result = whitewash ? 'pass' : 'fail';
    const seen = {
      authorDomain: policy.domain,
      envelopeDomain: policy.domain,
      dkim: [[policy.domain, 'default', result]] as const,
      spf: [policy.domain, 'mfrom', result] as const,
    };
    const verdict = { disposition: whitewash ? 'none' : policy.p, dkim: whitewash, spf: whitewash } as const;
    const count = 1000 + dice.below(90_000);
    records.push(
      recordOpen(reporter) +
        source.address +
        recordMiddle(reporter) +
        count +
        verdictXml(verdict, reporter) +
        tailXml(seen, reporter, generation),
    );
  }
  const text = headXml({ reporter, generation, reportId, begin, end, policy }) + records.join('') + footXml(reporter);
  const bot = dice.pick(forgers.filter(({ id }) => id.startsWith('botnet'))).lanes[0]!.pool;
  const address = world.sources.list[bot.draw(dice, day)]!.address;
  // The stranger has a domain of his own in MAIL FROM, or takes the reporter's there too.
  const domain = dice.chance(0.5)
    ? reporter.domain
    : `rapportage-${dateOf(world.scale.first + day).slice(2, 7)}.example`;
  await world.postbox.add({
    reporter,
    policyDomain: policy.domain,
    reportId,
    baseName: `${reporter.domain}!${policy.domain}!${begin}!${end}${copies ? '' : '!1'}`,
    xml: Buffer.from(text, reporter.quirks.latin1 ? 'latin1' : 'utf8'),
    received: world.scale.first + lastDay + 1,
    container: 'eml',
    impostor: { domain, address, host: 'localhost' },
  });
}
