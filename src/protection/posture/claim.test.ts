import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zone } from '../../standards/dns/index.ts';
import { standingOf } from './claim.ts';

const reading = zone(`
. SOA a. b. 1 1 1 1 1
azurewebsites.net. NS ns.example.
azurefd.net. NS ns.example.
azurestaticapps.net. NS ns.example.
amazonaws.com. NS ns.example.
elasticbeanstalk.com. NS ns.example.
provider.example. NS ns.example.
com.example. NS ns.example.
github.io. NS ns.example.
cloudfront.net. NS ns.example.
`);
assert.ok(reading.ok);
const { resolver } = reading.value;

describe('a name that is not there', () => {
  const cases: [missing: string, standing: string, claim?: string][] = [
    ['gone.provider.example', 'missing'],
    ['s1._domainkey.nobody.test', 'registrable', 'nobody.test'],
    ['below.ours.test', 'missing'],
    ['tenant.azurewebsites.net', 'claimable', 'tenant.azurewebsites.net'],
    ['tenant.scm.azurewebsites.net', 'claimable', 'tenant.scm.azurewebsites.net'],
    // Made by the service, with a hash that nobody else is given.
    ['tenant-a6gqaeashthkhkeu.eastus-01.azurewebsites.net', 'missing'],
    ['front.azurefd.net', 'claimable', 'front.azurefd.net'],
    ['front-mdjf2jfgjf82mnzx.z01.azurefd.net', 'missing'],
    ['app.us-east-1.elasticbeanstalk.com', 'claimable', 'app.us-east-1.elasticbeanstalk.com'],
    ['lb-1.eu-west-1.elb.amazonaws.com', 'missing'],
    ['ec2-192-0-2-1.eu-west-1.compute.amazonaws.com', 'missing'],
    ['abc123.execute-api.eu-west-1.amazonaws.com', 'missing'],
    ['happy-sea-0123.5.azurestaticapps.net', 'missing'],
    ['d111111abcdef8.cloudfront.net', 'missing'],
    // The private section of the Public Suffix List: whoever asks first has it.
    ['nobody.github.io', 'claimable', 'nobody.github.io'],
  ];
  for (const [missing, standing, claim] of cases) {
    it(`${missing}: ${standing}`, async () => {
      const found = await standingOf({ kind: 'missing', missing }, 'ours.test', resolver);
      assert.deepEqual([found.standing, found.claim], [standing, claim]);
    });
  }
});
