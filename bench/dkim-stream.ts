// One streamed verification in a process of its own, so that its memory can be read: prints the peak in MB and what it cost. Arguments: how
// many MB, and `dkim` or `message` (the whole verdict).
import { MessageVerifier } from '../src/protection/verification/index.ts';
import { beginSigning, DkimVerifier, formatKeyRecord, generateKeys, splitTxt } from '../src/standards/dkim/index.ts';
import { domainName, zone } from '../src/standards/dns/index.ts';
import { parseMessage } from '../src/standards/mail/index.ts';
import { cost } from './line.ts';

const megabytes = Number(process.argv[2] ?? 50);
const whole = process.argv[3] === 'message';
const { privateKey, record } = await generateKeys('rsa');
const strings = splitTxt(formatKeyRecord(record)).map((each) => JSON.stringify(each));
const reading = zone(
  `$ORIGIN sender.example.\n@ IN SOA ns root 1 1 1 1 1\nbench._domainkey IN TXT ${strings.join(' ')}\n`,
);
if (!reading.ok) throw new Error('the zone cannot be read');

// The body is not kept anywhere: about 1 MB of base64 lines, again and again, for signing as for verifying.
const line = 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5eg==\r\n';
const piece = Buffer.from(line.repeat(Math.floor((1 << 20) / line.length)));
const header = 'From: a@sender.example\r\nSubject: large\r\nDate: Tue, 3 Nov 2026 09:15:00 +0100\r\n';
const signing = beginSigning(parseMessage(Buffer.from(`${header}\r\n`)), {
  signingDomain: domainName('sender.example'),
  selector: 'bench',
  privateKey,
});
for (let at = 0; at < megabytes; at++) signing.body.update(piece);
const signature = signing.finish();

function* pieces(): Generator<Buffer> {
  yield Buffer.from(`${signature}${header}\r\n`);
  for (let at = 0; at < megabytes; at++) {
    for (let from = 0; from < piece.length; from += 65_536) yield piece.subarray(from, from + 65_536);
  }
}
const { resolver } = reading.value;
let result = '';
const used = await cost(async () => {
  if (whole) result = (await new MessageVerifier(resolver).verifyStream(pieces())).dkim.result;
  else result = (await new DkimVerifier(resolver).verifyStream(pieces())).results[0]?.result ?? 'none';
});
process.stdout.write(JSON.stringify({ result, peakMb: process.resourceUsage().maxRSS / 1024, ...used }));
