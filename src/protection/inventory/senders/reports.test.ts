import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { senderCatalogue } from './catalogue.ts';

// What real aggregate reports show, against what the catalogue makes of it: the services in it are recognised, and nobody else is.
const corpora = process.env['ZEGEL_CORPORA'];

/** `dkim DOMAIN SELECTOR` and `spf DOMAIN` of every result in the reports that are XML, bare or in gzip. */
function seen(folder: string): Set<string> {
  const found = new Set<string>();
  for (const file of globSync(join(folder, 'rua-*', '**', '*'), { withFileTypes: true })) {
    if (!file.isFile()) continue;
    const bytes = readFileSync(join(file.parentPath, file.name));
    let text: string;
    try {
      text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('latin1');
    } catch {
      // Truncated on purpose, some of them.
      continue;
    }
    for (const [, method, result = ''] of text.matchAll(/<(dkim|spf)>\s*((?:(?!<\/\1>)[\s\S]){0,600})<\/\1>/g)) {
      const domain = /<domain>\s*([^<\s]+)/.exec(result)?.[1]?.toLowerCase();
      const selector = /<selector>\s*([^<\s]+)/.exec(result)?.[1] ?? '';
      if (domain !== undefined) found.add(method === 'dkim' ? `dkim ${domain} ${selector}` : `spf ${domain}`);
    }
  }
  return found;
}

it('the services in real reports are recognised, and nobody else', (t) => {
  if (corpora === undefined) return t.skip('ZEGEL_CORPORA is not set');
  const catalogue = senderCatalogue();
  const results = [...seen(corpora)].sort();
  assert.ok(results.length >= 20, `${results.length}`);
  const recognised = results.flatMap((result) => {
    const [method, domain = '', selector = ''] = result.split(' ');
    const match = method === 'dkim' ? catalogue.byDkim(domain, selector) : catalogue.byEnvelope(domain);
    return match === undefined ? [] : [`${result.trimEnd()}: ${match.sender.id} ${match.strength}`];
  });
  assert.deepEqual(recognised, [
    'dkim amazonses.com 6gbrjpgwjskckoa6a5zn6fwqkn67xbtw: amazon-ses service',
    'dkim amazonses.com ug7nbtf4gccmlpwj322ax3p6ow6yfsug: amazon-ses service',
    'dkim example-org.20210112.gappssmtp.com 20210112: google-workspace service',
    'dkim example.com awbr2rp4egb35wbg4umq4e5dcoe5kc4n: amazon-ses habit',
    'dkim example.com google: google-workspace habit',
    'dkim example.com selector1: microsoft-365 habit',
    'dkim jmap.topicbox.com dkim-1: topicbox service',
    'dkim stalw.art kvoujh5guu2jpweurhpt2ioscpkpukc3: amazon-ses habit',
    'spf amazonses.com: amazon-ses service',
    'spf gmail.com: gmail service',
    'spf jmap.bounce.topicbox.com: topicbox service',
  ]);
  const addresses: [address: string, sender: string | undefined][] = [
    ['209.85.220.41', 'google-workspace'],
    ['2607:f8b0:4864:20::132', 'google-workspace'],
    ['54.240.8.96', undefined],
    ['199.230.200.36', undefined],
  ];
  for (const [address, sender] of addresses) assert.equal(catalogue.byAddress(address)?.sender.id, sender, address);
});
