// Who mails as us is worked out once and kept: what is told from the copy is what would be worked out anew, whatever was said since.
import assert from 'node:assert/strict';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openSession } from './session.ts';
import { temporaryFolder } from './zegel.ts';

const home = temporaryFolder();
const data = join(home, 'ours');
const kept = join(data, 'history', 'large.kept');
const session = openSession();
after(() => session.close());

async function told(...words: string[]): Promise<string> {
  const { code, out, err } = await session.run([...words, '--data', data]);
  assert.equal(code, 0, err);
  return out;
}

function forget(): void {
  rmSync(kept, { force: true });
  const answers = join(data, 'history', 'answers');
  for (const name of readdirSync(answers)) rmSync(join(answers, name));
}

/** Everything that is told of the inventory: now, and when nothing is known from before. */
async function bothWays(): Promise<void> {
  const questions = [
    ['sources', '--json', '--rows'],
    ['sources', '--json'],
    ['streams', '--json', '--all'],
    ['ladder', '--json'],
  ];
  const now: string[] = [];
  for (const question of questions) now.push(await told(...question));
  forget();
  for (const [at, question] of questions.entries()) {
    assert.equal(await told(...question), now[at], question.join(' '));
    forget();
  }
}

const record = (source: string, count: number, from: string, dkim: string): string =>
  `<record><row><source_ip>${source}</source_ip><count>${count}</count><policy_evaluated><disposition>none</disposition><dkim>${dkim === '' ? 'fail' : 'pass'}</dkim>
<spf>fail</spf></policy_evaluated></row><identifiers><header_from>${from}</header_from></identifiers>
<auth_results>${dkim === '' ? '' : `<dkim><domain>${dkim}</domain><selector>s1</selector><result>pass</result></dkim>`}
<spf><domain>${from}</domain><result>fail</result></spf></auth_results></record>`;

async function file(day: number, more = ''): Promise<void> {
  const begin = 1_760_054_400 + day * 86_400;
  const path = join(home, `${day}.xml`);
  writeFileSync(
    path,
    `<?xml version="1.0"?><feedback><report_metadata><org_name>receiver.example</org_name><email>dmarc@receiver.example</email>
<report_id>${day}</report_id><date_range><begin>${begin}</begin><end>${begin + 86_399}</end></date_range></report_metadata>
<policy_published><domain>example.com</domain><p>none</p></policy_published>
${record('192.0.2.1', 90, 'facturen.example.com', 'example.com')}${record('167.89.0.9', 30, 'example.com', 'sendgrid.net')}
${record('203.0.113.5', 7, 'example.com', '')}${more}</feedback>`,
  );
  await told('ingest', path, '--json');
}

describe('an inventory that is kept', () => {
  before(async () => {
    for (let day = 0; day < 3; day++) await file(day);
  });
  it('is what would be worked out anew', async () => {
    await told('streams');
    assert.ok(statSync(kept).size > 0);
    await bothWays();
  });
  it('serves after a decision too, which is told at once', async () => {
    const [first] = (await told('streams', '--json', '--domain', 'facturen.example.com')).split('\n');
    const { id } = JSON.parse(first!) as { id: string };
    const { mtimeMs } = statSync(kept);
    await told('decide', id, 'authorised', '--why', 'ours');
    assert.match(await told('streams', id, '--json'), /"decision":"authorised"/);
    assert.equal(statSync(kept).mtimeMs, mtimeMs);
    await bothWays();
  });
  it('does not outlive what it was worked out from: reports, declarations, names that people give', async () => {
    await told('sources');
    let { mtimeMs } = statSync(kept);
    const changed = async (what: string): Promise<void> => {
      await bothWays();
      await told('sources');
      const now = statSync(kept).mtimeMs;
      assert.notEqual(now, mtimeMs, what);
      mtimeMs = now;
    };
    await file(3, record('198.51.100.9', 11, 'example.com', ''));
    assert.match(await told('sources', '--json'), /198\.51\.100\.9/);
    await changed('reports');
    const declared = join(home, 'declared.csv');
    writeFileSync(
      declared,
      'party,sender,domains,networks,purpose,rhythm\nIT,,example.com,203.0.113.0/24,alerts,daily\n',
    );
    await told('declared', 'import', declared);
    await changed('declarations');
    const [first] = (await told('streams', '--json', '--domain', 'facturen.example.com')).split('\n');
    await told('streams', 'rename', (JSON.parse(first!) as { id: string }).id, 'The bills');
    assert.match(await told('streams', '--json'), /The bills/);
    await changed('names');
  });
});
