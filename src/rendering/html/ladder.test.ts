import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SaxesParser } from 'saxes';
import {
  changeAnswer,
  gateOf,
  portfolioGates,
  portfolioOf,
  portfolioTasks,
  taskOf,
} from '../../../test/hand-made/portfolio.ts';
import { ladderPage, whatIfPage } from './index.ts';

/** Elements, attributes and texts of the body, read by an XML parser: what is not well-formed there has not been escaped. */
function bodyOf(page: string): { elements: Set<string>; attributes: Set<string>; text: string; classes: string[] } {
  const body = page.slice(page.indexOf('<main>'), page.indexOf('</main>') + '</main>'.length);
  const elements = new Set<string>();
  const attributes = new Set<string>();
  const classes: string[] = [];
  let text = '';
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    elements.add(tag.name);
    for (const name of Object.keys(tag.attributes)) attributes.add(name);
    classes.push(...(tag.attributes['class'] ?? '').split(' '));
  });
  parser.on('text', (part) => (text += part));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(body).close();
  return { elements, attributes, text: text.replaceAll(/\s+/g, ' '), classes };
}

const ours =
  'main header h1 h2 h3 h4 p dl div dt dd section ul li span svg g line path rect title table thead tbody tr th td details summary code b footer';
const allowed =
  'class role aria-label aria-hidden style viewBox preserveAspectRatio d x y x1 x2 y1 y2 width height scope colspan';
const today = '2026-03-01';
const answer = await changeAnswer();

for (const language of ['en', 'nl'] as const) {
  const pages = {
    'the ladder': ladderPage(portfolioOf(portfolioGates(), portfolioTasks()), { language, today, ageDays: 30 }),
    'a what-if': whatIfPage(answer, { language, today }),
  };
  for (const [name, page] of Object.entries(pages))
    describe(`the page of ${name} (${language})`, () => {
      const { elements, attributes, text } = bodyOf(page);
      it('holds nothing that is not ours', () => {
        assert.deepEqual(
          [...elements].filter((each) => !ours.split(' ').includes(each)),
          [],
        );
        assert.deepEqual(
          [...attributes].filter((each) => !allowed.split(' ').includes(each)),
          [],
        );
        assert.ok(text.includes('"><script>document.title=1</script>'), 'hostile texts are shown as texts');
        assert.doesNotMatch(text, /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/);
      });
      it('fetches nothing and runs nothing', () => {
        assert.match(page, /http-equiv="Content-Security-Policy" content="default-src 'none'; style-src/);
        assert.doesNotMatch(page, /<script|<link|<iframe|<img|<object|@import|url\(|\bsrc="|\bhref="|https?:\/\//i);
        assert.match(page, new RegExp(`<html lang="${language}">`));
      });
      it('says every sentence, with nothing left open', () =>
        assert.doesNotMatch(text, /\b(?:label|gate|work|simulation|inventory)\/|\{\w+[:}]|undefined|NaN/));
      it('has a text alternative for every picture', () => {
        const pictures = page.match(/<(?:svg|div class="rungs")[^>]*>/g) ?? [];
        assert.ok(pictures.length >= 2);
        for (const picture of pictures) assert.match(picture, /aria-hidden="true"|role="img" aria-label="[^"]+"/);
      });
    });
}

describe('the page of the ladder', () => {
  const text = (page: string): string => bodyOf(page).text;
  const of = (gates: Parameters<typeof portfolioOf>[0], tasks: Parameters<typeof portfolioOf>[1] = []): string =>
    ladderPage(portfolioOf(gates, tasks), { today });

  it('is of the whole portfolio: each rung with its number, each domain with its gate', () => {
    const gates = portfolioGates();
    const { text: said, classes } = bodyOf(of(gates, portfolioTasks()));
    assert.match(said, /8 domains: 1 is where it is to end, 5 gates are open, 2 are shut\./);
    assert.match(said, /no record 1 .*none 3 .*quarantine, soft 1 .*quarantine 1 .*reject, soft 1 .*reject 1/);
    for (const rung of ['no-record', 'none', 'quarantine-soft', 'quarantine', 'reject-soft', 'reject'])
      assert.ok(classes.includes(`r-${rung}`), rung);
    for (const { domain } of gates.slice(1)) assert.ok(said.includes(domain), domain);
    assert.equal(classes.filter((each) => each === 'domain').length, gates.length);
  });
  it('says what shuts a gate in sentences, what was accepted and by whom, and what is lost today', () => {
    const said = text(of([gateOf('firm.example', portfolioGates()[0]!)]));
    assert.match(said, /What shuts the gate .*would lose all 12 messages/);
    assert.match(said, /Accepted .*\(accepted by /);
    assert.match(said, /Lost today, at none .*nobody has decided on .*3 of 9 messages/);
    assert.match(said, /sp: none, to reject: shut .*np: none, to reject: open/);
  });
  it('tells a gate that only time shuts by its day', () =>
    assert.match(text(of(portfolioGates())), /waits\.example ?users .*shut ?time ?from 2026-03-01/));
  it('has the dates of the forecast in words, in the picture, and at each domain', () => {
    const { text: said, classes } = bodyOf(of([gateOf('firm.example')]));
    assert.match(said, /earliest 2026-03-15 .*likely 2026-05-16 .*eight in ten: 2026-04-16 – 2026-07-15/);
    assert.match(said, /40 at first, 15 now, over 26 weeks/);
    for (const mark of ['ahead', 'earliest', 'likely', 'now']) assert.ok(classes.includes(mark), mark);
  });
  it('a forecast further off than three years stays out of the picture, and is said', () => {
    const page = portfolioOf([gateOf('firm.example')]);
    const all = { earliest: '2026-03-15', likely: '2031-01-01', range: ['2030-01-01', '2033-01-01'] } as const;
    const far = ladderPage({ ...page, when: { ...page.when, all } }, { today });
    assert.match(bodyOf(far).text, /The picture ends on 2029-02-\d\d; what lies later is in the words above it\./);
    assert.match(bodyOf(far).text, /around 2031-01-01/);
    assert.match(far, /class="mark earliest"/);
    assert.doesNotMatch(far, /class="mark likely"|class="ahead"/);
  });
  it('without a pace it has the earliest day only', () => {
    const page = portfolioOf([gateOf('firm.example')]);
    const all = { earliest: '2026-03-15', likely: null, range: null };
    const domains = page.when.domains.map((each) => ({ ...each, ...all }));
    const { text: said, classes } = bodyOf(ladderPage({ ...page, when: { ...page.when, all, domains } }, { today }));
    assert.match(said, /no date can be told/);
    assert.match(said, /np earliest .*set ?2026-03-15 Why/);
    assert.ok(!classes.includes('likely') && !classes.includes('ahead'));
  });
  it('lists the tasks of each owner, the first five, and the command that lists the rest', () => {
    const said = text(of([gateOf('firm.example')], portfolioTasks()));
    assert.match(said, /A party: 8 tasks .*Mailer 0 .*Mailer 4 .*… and 3 more: zegel work --owner 'A party' --all/);
    assert.doesNotMatch(said, /Mailer 5/);
    assert.match(said, /nobody: 1 task /);
  });
  it('a name of an owner is one word of the shell where it is typed', () => {
    const tasks = Array.from({ length: 6 }, () => taskOf('Mailer', { owner: '$(reboot); `x`' }));
    assert.ok(text(of([gateOf('firm.example')], tasks)).includes("--owner '$(reboot); `x`' --all"));
  });
  it('of one domain it bears its name', () => {
    const page = of([gateOf('firm.example')]);
    assert.match(page, /<title>Where firm\.example stands · 2026-02-15<\/title>/);
    assert.match(text(page), /1 domain: 0 are where they are to end, 1 gate is open, 0 are shut\./);
  });
  it('of many it bears the name of that with the most mail', () => {
    const evidence = { ...gateOf('b.example').evidence, messages: 5000 };
    assert.match(
      of([gateOf('a.example'), gateOf('b.example', { evidence })]),
      /<title>Where b\.example and 1 more domain stands ·/,
    );
  });
  it('of none it says so, and nothing else', () => {
    const { text: said, elements } = bodyOf(of([]));
    assert.match(said, /No domains are in the portfolio yet/);
    assert.ok(!elements.has('section'));
  });
  it('says what it cannot know', () => {
    const said = text(of(portfolioGates()));
    assert.match(said, /What this cannot know Not in these numbers: mail to receivers that do not report/);
    assert.match(said, /1 big receiver was not heard of: A big receiver; what happens there is not seen\./);
    assert.match(said, /What 7 domains are for is proposed by Zegel/);
    assert.match(said, /By how few were nearly missed, 0\.4 more may be unseen \(0 to 2\)\./);
  });
  it('says when the reports have ended long ago', () => {
    const page = portfolioOf([gateOf('firm.example')]);
    assert.match(text(ladderPage(page, { today, ageDays: 15 })), /The reports end on 2026-02-15, 15 days ago/);
    assert.doesNotMatch(text(ladderPage(page, { today, ageDays: 14 })), /The reports end on/);
  });
  it('300 domains that thirty streams shut stay a page under 3 MB', () => {
    const [loses] = portfolioGates()[0]!.reasons;
    const shut = { ...loses!, values: { ...loses!.values, stream: 'A sender · some-domain.example +12' } };
    const gates = Array.from({ length: 300 }, (_, at) =>
      gateOf(`d${at}.example`, { reasons: Array.from({ length: 30 }, () => shut) }),
    );
    const size = Buffer.byteLength(of(gates));
    assert.ok(size > 1_000_000 && size < 3_000_000, String(size));
  });
});

describe('the page of a what-if', () => {
  const said = bodyOf(whatIfPage(answer, { today }));

  it('opens with what it costs, in one sentence', () =>
    assert.match(
      whatIfPage(answer, { today }),
      /<p class="lead bad">\s*80 wanted messages of 1 stream would no longer be delivered\.\s*<\/p>/,
    ));
  it('shows each record as it is and as it would be', () =>
    assert.match(said.text, /_dmarc\.x\.example TXT v=DMARC1; p=none v=DMARC1; p=reject .*TXT not known /));
  it('has bars of wanted, undecided, forwarded and unwanted mail apart', () =>
    assert.match(
      said.text,
      /Wanted ?980 messages .*Nobody has decided ?7 messages .*Forwarded by others ?40 messages .*Unwanted ?650 messages/,
    ));
  it('a part that is one of a million shows', () => {
    const fate = answer.standings.authorised;
    const lots = { delivered: 999_999, quarantined: 0, rejected: 1 };
    const standings = { ...answer.standings, authorised: { ...fate, messages: 1_000_000, after: lots } };
    assert.match(whatIfPage({ ...answer, standings }, { today }), /<rect class="k-rejected" x="996" y="0" width="4"/);
  });
  it('tells drift apart, with the records and addresses', () =>
    assert.match(said.text, /SPF records that changed since this mail.*192\.0\.2\.2/));
  it('says that nothing is known of drift where no records were kept', () =>
    assert.match(
      bodyOf(whatIfPage({ ...answer, drift: { ...answer.drift!, kept: false } }, { today })).text,
      /No records were kept of the days of this mail/,
    ));
  it('says how unwanted mail still gets through', () =>
    assert.match(
      said.text,
      /Unwanted mail that would still be delivered 50 it carries a valid signature of x\.example/,
    ));
  it('says what stands in its way', () => assert.match(said.text, /has no SPF record, so there is nothing to change/));
  it('a change that reaches no mail says so', async () => {
    const nothing = await changeAnswer({ total: { ...answer.total, messages: 0 } });
    const { text } = bodyOf(whatIfPage(nothing, { today }));
    assert.match(text, /No report tells of mail that this could reach\. .*The change/);
    assert.doesNotMatch(text, /What becomes of the mail/);
  });
});
