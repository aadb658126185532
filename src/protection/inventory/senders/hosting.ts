// long because: data. Where machines stand and lines end: hosting companies, clouds, access providers. Of their mail relays the
// name says that a customer of theirs sent it; of a rented machine or a line it says only where that stands.
import { at, includeIt, sender, signByCname, signByTxt, words } from './define.ts';
import type { Advice, Recognition, Sender } from './model.ts';

const hostingWords: Advice = words(
  'Let applications there send through an account of the mail system that signs as your domain (SMTP with a password) rather than by the web server itself: its addresses are shared with strangers.',
  'Laat toepassingen daar verzenden via een account van het mailsysteem dat als uw domein ondertekent (SMTP met wachtwoord), en niet door de webserver zelf: die adressen deelt u met vreemden.',
);
const placeWords: Advice = words(
  'Anyone may rent a machine there, so the place says nothing about who mails. A machine of yours needs an address of its own in your SPF record, or better: send through your relay, which signs.',
  'Iedereen kan daar een machine huren: de plek zegt niets over wie er mailt. Een machine van u moet met haar eigen adres in uw SPF-record, of beter: verzend via uw relay, die ondertekent.',
);
const lineWords: Advice = words(
  'Lines of homes and offices end there. Nothing should mail in your name from such a line directly: let that device send through your own mail system.',
  'Daar eindigen lijnen van huizen en kantoren. Rechtstreeks vanaf zo’n lijn hoort niets namens u te mailen: laat dat apparaat via uw eigen mailsysteem verzenden.',
);

type Named = readonly [id: string, name: string, website: string];

function host(
  named: Named,
  recognise: Partial<Recognition>,
  how: readonly Advice[],
  sources: readonly string[],
): Sender {
  const include = recognise.spf?.[0];
  const dkim = recognise.cname === undefined ? 'txt-selectors' : 'cname-selectors';
  const last = include === undefined ? [hostingWords] : [includeIt(include), hostingWords];
  return sender(
    'hosting',
    named,
    recognise,
    { shared: true, spf: 'include', dkim, passesOn: 'either', how: [...how, ...last] },
    sources,
  );
}

function place(
  category: 'access' | 'cloud',
  named: Named,
  recognise: Partial<Recognition>,
  sources: readonly string[],
): Sender {
  const how = [category === 'cloud' ? placeWords : lineWords];
  return sender(category, named, recognise, { shared: true, spf: 'own-envelope', dkim: 'own-key', how }, sources);
}

export const hosting: readonly Sender[] = [
  host(
    ['transip', 'TransIP', 'https://www.transip.nl'],
    {
      dkim: ['transip.email', 'transip.nl'],
      selectors: ['transip-a', 'transip-b', 'transip-c'],
      spf: ['_spf.transip.email'],
      returnPath: ['transip.email', 'transip.nl'],
      cname: ['transip.email'],
      reverse: ['mail.transip.nl', 'mail.transip.email', 'transip.email'],
      rented: ['transip.nl', 'transip.net', 'vps.transip.email'],
      asns: [20857],
    },
    [signByCname('transip-A, transip-B and transip-C under _domainkey')],
    ['https://transip.eu/knowledgebase/dns/426-setting-an-spf-record', 'dns:_spf.transip.email?type=TXT'],
  ),
  host(
    ['strato', 'STRATO', 'https://www.strato.nl'],
    {
      dkim: ['strato.de', 'strato.com', 'rzone.de'],
      selectors: ['strato-dkim-000#'],
      spf: ['_spf.strato.com', '_spf.strato.de', 'smtp.rzone.de'],
      returnPath: ['strato.de', 'strato.com', 'rzone.de'],
      cname: ['strato.de', 'strato.com'],
      reverse: ['smtp.rzone.de', 'rzone.de'],
      rented: ['stratoserver.net'],
      asns: [6724],
    },
    [at('Customer login → Domains → DNS → DKIM')],
    ['dns:_spf.strato.com?type=TXT', 'https://rdap.org/autnum/6724'],
  ),
  host(
    ['ionos', 'IONOS', 'https://www.ionos.com'],
    {
      dkim: ['ionos.com', 'ionos.de', 'kundenserver.de', 'perfora.net'],
      selectors: ['s1-ionos', 's2-ionos'],
      spf: ['_spf-eu.ionos.com', '_spf-us.ionos.com', '_spf.kundenserver.de', '_spf.perfora.net'],
      returnPath: ['kundenserver.de', 'perfora.net', 'ionos.com'],
      cname: ['dkim.ionos.com'],
      reverse: ['kundenserver.de', 'perfora.net'],
      rented: ['onlinehome-server.info', 'ionos.com', 'ionos.de', 'app-ionos.space'],
      asns: [8560],
    },
    [at('Domains & SSL → DNS'), signByCname('s1-ionos and s2-ionos under _domainkey')],
    ['dns:_spf-eu.ionos.com?type=TXT', 'dns:_spf.kundenserver.de?type=TXT', 'https://rdap.org/autnum/8560'],
  ),
  host(
    ['ovhcloud', 'OVHcloud', 'https://www.ovhcloud.com'],
    {
      dkim: ['mail.ovh.net'],
      selectors: ['ovhmo*'],
      spf: ['mx.ovh.com'],
      returnPath: ['mail.ovh.net'],
      cname: ['mail.ovh.net'],
      reverse: ['mail-out.ovh.net', 'mail.ovh.net'],
      rented: ['ovh.net', 'ovh.ca', 'ovh.us', 'vps.ovh.net'],
      asns: [16276, 35540],
    },
    [at('Web Cloud → Emails → your domain → DKIM')],
    ['https://help.ovhcloud.com', 'dns:mx.ovh.com?type=TXT', 'https://rdap.org/autnum/16276'],
  ),
  host(
    ['hetzner', 'Hetzner', 'https://www.hetzner.com'],
    {
      returnPath: ['your-server.de'],
      rented: ['your-server.de', 'hetzner.com', 'hetzner.de'],
      asns: [24940, 213230, 212317, 215859],
    },
    [at('konsoleH → Email → DKIM'), signByTxt('default…._domainkey')],
    ['https://docs.hetzner.com/konsoleh/', 'https://rdap.org/autnum/24940'],
  ),
  host(
    ['combell', 'Combell', 'https://www.combell.com'],
    {
      dkim: ['mailprotect.be', 'combell.com'],
      spf: ['spf.mailprotect.be'],
      returnPath: ['mailprotect.be'],
      reverse: ['mailprotect.be'],
      rented: ['combell.com', 'hosting-cluster.nl'],
      asns: [34762],
    },
    [at('Control panel → Domain → DNS & forwarding → DKIM')],
    ['dns:spf.mailprotect.be?type=TXT', 'https://rdap.org/autnum/34762'],
  ),
  host(
    ['hostnet', 'Hostnet', 'https://www.hostnet.nl'],
    {
      dkim: ['hostnet.nl'],
      spf: ['_spf.hostnet.nl'],
      returnPath: ['hostnet.nl'],
      reverse: ['hostnet.nl'],
      rented: ['hostnet-vps.nl'],
      asns: [197902],
    },
    [at('Mijn Hostnet → Domeinen → DNS → DKIM')],
    ['dns:_spf.hostnet.nl?type=TXT', 'https://rdap.org/autnum/197902'],
  ),
  host(
    ['mijndomein', 'Mijndomein', 'https://www.mijndomein.nl'],
    {
      dkim: ['mijndomein.nl', 'mijndomeinhosting.nl'],
      spf: ['spf.mijndomeinhosting.nl'],
      returnPath: ['mijndomeinhosting.nl'],
      reverse: ['mijndomein.nl', 'mijndomeinhosting.nl'],
    },
    [at('Mijn account → E-mail → DKIM')],
    ['dns:spf.mijndomeinhosting.nl?type=TXT'],
  ),
  host(
    ['antagonist', 'Antagonist', 'https://www.antagonist.nl'],
    {
      dkim: ['antagonist.nl'],
      returnPath: ['antagonist.nl', 'antagonist.cloud'],
      reverse: ['antagonist.nl', 'antagonist.cloud'],
    },
    [at('Mijn Antagonist → DirectAdmin → E-mail')],
    ['https://www.antagonist.nl/help/'],
  ),
  host(
    ['your-hosting', 'Yourhosting', 'https://www.yourhosting.nl'],
    {
      dkim: ['yourhosting.nl'],
      returnPath: ['yourhosting.nl'],
      reverse: ['yourhosting.nl'],
      rented: ['cldin.eu'],
      asns: [48635],
    },
    [at('Mijn Yourhosting → E-mail')],
    ['https://rdap.org/autnum/48635'],
  ),
  host(
    ['one-com', 'one.com', 'https://www.one.com'],
    {
      dkim: ['one.com'],
      spf: ['_custspf.one.com'],
      returnPath: ['one.com'],
      cname: ['one.com'],
      reverse: ['one.com'],
      asns: [51468, 197495],
    },
    [at('Control panel → Email → DKIM')],
    ['dns:_custspf.one.com?type=TXT', 'https://rdap.org/autnum/51468'],
  ),
  host(
    ['godaddy', 'GoDaddy', 'https://www.godaddy.com'],
    {
      dkim: ['secureserver.net'],
      selectors: ['secureserver1', 'secureserver2'],
      spf: ['secureserver.net', 'spf-0.secureserver.net'],
      returnPath: ['secureserver.net'],
      cname: ['secureserver.net'],
      reverse: ['prod.phx3.secureserver.net', 'prod.iad2.secureserver.net', 'prod.sxb1.secureserver.net'],
      rented: ['secureserver.net', 'ip.secureserver.net'],
      asns: [26496, 398101, 398787, 400754],
    },
    [at('Email & Office → your domain → DKIM')],
    ['https://www.godaddy.com/help', 'dns:secureserver.net?type=TXT', 'https://rdap.org/autnum/26496'],
  ),
  host(
    ['namecheap', 'Namecheap', 'https://www.namecheap.com'],
    {
      dkim: ['privateemail.com'],
      spf: ['spf.privateemail.com', 'spf.web-hosting.com'],
      returnPath: ['privateemail.com'],
      reverse: ['privateemail.com'],
      rented: ['web-hosting.com'],
      asns: [22612],
    },
    [at('Private Email → DNS, or cPanel → Email Deliverability')],
    [
      'https://www.namecheap.com/support/knowledgebase/',
      'dns:spf.privateemail.com?type=TXT',
      'https://rdap.org/autnum/22612',
    ],
  ),
  host(
    ['gandi', 'Gandi', 'https://www.gandi.net'],
    {
      dkim: ['gandi.net', 'gandimail.net'],
      selectors: ['gm1', 'gm2', 'gm3'],
      spf: ['_mailcust.gandi.net'],
      returnPath: ['gandi.net', 'gandimail.net'],
      cname: ['gandimail.net'],
      reverse: ['mail.gandi.net'],
      rented: ['gandi.net', 'ghst.net'],
      asns: [29169, 209453, 203476],
    },
    [signByCname('gm1, gm2 and gm3 under _domainkey')],
    ['https://docs.gandi.net', 'dns:_mailcust.gandi.net?type=TXT', 'https://rdap.org/autnum/29169'],
  ),
  host(
    ['infomaniak', 'Infomaniak', 'https://www.infomaniak.com'],
    {
      dkim: ['infomaniak.ch', 'infomaniak.com', 'ik.me'],
      spf: ['spf.infomaniak.ch', 'relay.mail.infomaniak.ch'],
      returnPath: ['infomaniak.ch', 'infomaniak.com'],
      reverse: ['infomaniak.ch', 'infomaniak.com'],
      asns: [29222],
    },
    [at('Manager → Mail Service → Global security → DKIM')],
    ['https://www.infomaniak.com/en/support', 'dns:spf.infomaniak.ch?type=TXT', 'https://rdap.org/autnum/29222'],
  ),
  host(
    ['loopia', 'Loopia', 'https://www.loopia.com'],
    {
      dkim: ['loopia.se'],
      selectors: ['loopiadkim*'],
      spf: ['spf.loopia.se'],
      returnPath: ['loopia.se'],
      reverse: ['loopia.se'],
      asns: [39570, 41528, 215836],
    },
    [at('Loopia Customer zone → Email → DKIM')],
    ['dns:spf.loopia.se?type=TXT', 'https://rdap.org/autnum/39570'],
  ),
  host(
    ['hostinger', 'Hostinger', 'https://www.hostinger.com'],
    {
      dkim: ['hostinger.com', 'hostinger.io'],
      selectors: ['hostingermail-a', 'hostingermail-b', 'hostingermail-c'],
      spf: ['_spf.mail.hostinger.com', '_spf.reach.hostinger.com'],
      returnPath: ['hostinger.com', 'hostinger.io'],
      cname: ['dkim.mail.hostinger.com'],
      reverse: ['mail.hostinger.com', 'hostinger.com', 'hostinger.io'],
      rented: ['hstgr.cloud'],
      asns: [47583, 204915],
    },
    [signByCname('hostingermail-a, hostingermail-b and hostingermail-c under _domainkey')],
    ['https://www.hostinger.com/support', 'dns:_spf.mail.hostinger.com?type=TXT', 'https://rdap.org/autnum/47583'],
  ),
  host(
    ['bluehost', 'Bluehost and HostGator (Newfold)', 'https://www.bluehost.com'],
    {
      dkim: ['bluehost.com', 'websitewelcome.com', 'hostgator.com'],
      spf: ['spf2.bluehost.com', 'bluehost.com', 'websitewelcome.com'],
      returnPath: ['bluehost.com', 'websitewelcome.com'],
      reverse: ['bluehost.com', 'websitewelcome.com', 'mail.unifiedlayer.com'],
      rented: ['unifiedlayer.com', 'hostgator.com'],
      asns: [46606],
    },
    [at('cPanel → Email Deliverability')],
    ['dns:spf2.bluehost.com?type=TXT', 'https://rdap.org/autnum/46606'],
  ),
  host(
    ['dreamhost', 'DreamHost', 'https://www.dreamhost.com'],
    {
      dkim: ['dreamhost.com'],
      spf: ['netblocks.dreamhost.com'],
      returnPath: ['dreamhost.com'],
      reverse: ['dreamhost.com'],
      rented: ['dreamhosters.com', 'dreamhostps.com', 'dreamcompute.com'],
      asns: [26347],
    },
    [at('Panel → Websites → DNS settings')],
    ['https://help.dreamhost.com', 'dns:netblocks.dreamhost.com?type=TXT', 'https://rdap.org/autnum/26347'],
  ),
  host(
    ['siteground', 'SiteGround', 'https://www.siteground.com'],
    {
      dkim: ['mailspamprotection.com'],
      spf: ['spf.auto.dnssmarthost.net', 'dnssmarthost.net'],
      returnPath: ['mailspamprotection.com'],
      cname: ['dnssmarthost.net'],
      reverse: ['mailspamprotection.com'],
      rented: ['sgvps.net', 'siteground.eu', 'siteground.biz'],
    },
    [at('Site Tools → Email → Authentication')],
    ['https://www.siteground.com/kb/', 'dns:dnssmarthost.net'],
  ),
  host(
    ['routit', 'Routit (KPN Partner Network)', 'https://www.routit.nl'],
    { dkim: ['routit.nl', 'routit.net'], spf: ['spf.routit.net'], returnPath: ['routit.net'], reverse: ['routit.net'] },
    [],
    ['dns:spf.routit.net?type=TXT'],
  ),
  host(
    ['contabo', 'Contabo', 'https://contabo.com'],
    { rented: ['contaboserver.net', 'contabo.com', 'contabo.host'], asns: [51167] },
    [],
    ['https://rdap.org/autnum/51167'],
  ),
  host(
    ['leaseweb', 'Leaseweb', 'https://www.leaseweb.com'],
    { rented: ['leaseweb.com', 'leaseweb.net', 'fiberring.com'], asns: [60781, 28753, 38930] },
    [],
    ['https://rdap.org/autnum/60781'],
  ),
  place(
    'cloud',
    ['aws', 'Amazon Web Services', 'https://aws.amazon.com'],
    { rented: ['amazonaws.com', 'awsapprunner.com', 'elasticbeanstalk.com'], asns: [16509, 14618] },
    [
      'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html',
      'https://rdap.org/autnum/16509',
    ],
  ),
  place(
    'cloud',
    ['google-cloud', 'Google Cloud', 'https://cloud.google.com'],
    {
      rented: ['googleusercontent.com', 'bc.googleusercontent.com', 'cloudfunctions.net', 'appspot.com'],
      asns: [396982],
    },
    ['https://cloud.google.com/compute/docs/networking/configure-dns', 'https://rdap.org/autnum/396982'],
  ),
  place(
    'cloud',
    ['azure', 'Microsoft Azure', 'https://azure.microsoft.com'],
    { rented: ['cloudapp.net', 'cloudapp.azure.com', 'azure.com', 'azurewebsites.net'], asns: [8075] },
    ['https://rdap.org/autnum/8075'],
  ),
  place(
    'cloud',
    ['oracle-cloud', 'Oracle Cloud Infrastructure', 'https://www.oracle.com/cloud/'],
    { rented: ['oraclecloud.com', 'oraclevcn.com'], asns: [31898] },
    ['https://rdap.org/autnum/31898'],
  ),
  place(
    'cloud',
    ['digitalocean', 'DigitalOcean', 'https://www.digitalocean.com'],
    { rented: ['digitalocean.com', 'ondigitalocean.app'], asns: [14061] },
    ['https://rdap.org/autnum/14061'],
  ),
  place(
    'cloud',
    ['linode', 'Akamai Cloud (Linode)', 'https://www.linode.com'],
    { rented: ['linode.com', 'linodeusercontent.com'], asns: [63949] },
    ['https://rdap.org/autnum/63949'],
  ),
  place(
    'cloud',
    ['vultr', 'Vultr', 'https://www.vultr.com'],
    { rented: ['vultr.com', 'vultrusercontent.com', 'constant.com'], asns: [20473] },
    ['https://rdap.org/autnum/20473'],
  ),
  place(
    'cloud',
    ['scaleway', 'Scaleway', 'https://www.scaleway.com'],
    { rented: ['scaleway.com', 'scw.cloud', 'poneytelecom.eu', 'online.net'], asns: [12876] },
    ['https://rdap.org/autnum/12876'],
  ),
  place('cloud', ['upcloud', 'UpCloud', 'https://upcloud.com'], { rented: ['upcloud.host'], asns: [202053] }, [
    'https://rdap.org/autnum/202053',
  ]),
  place(
    'cloud',
    ['ibm-cloud', 'IBM Cloud (SoftLayer)', 'https://www.ibm.com/cloud'],
    { rented: ['sl-reverse.com'], asns: [36351] },
    ['https://rdap.org/autnum/36351'],
  ),
  place(
    'access',
    ['kpn', 'KPN and XS4ALL', 'https://www.kpn.com'],
    {
      dkim: ['kpnmail.nl', 'kpnplanet.nl', 'planet.nl', 'hetnet.nl', 'xs4all.nl'],
      returnPath: ['kpnmail.nl', 'kpnplanet.nl', 'planet.nl', 'hetnet.nl', 'xs4all.nl'],
      reverse: ['kpnxchange.com'],
      rented: ['kpn.net', 'direct-adsl.nl', 'xs4all.nl'],
      asns: [1136, 8737],
    },
    ['https://rdap.org/autnum/1136'],
  ),
  place(
    'access',
    ['ziggo', 'Ziggo (VodafoneZiggo)', 'https://www.ziggo.nl'],
    {
      dkim: ['ziggo.nl', 'home.nl', 'casema.nl', 'quicknet.nl', 'upcmail.nl'],
      returnPath: ['ziggo.nl', 'home.nl', 'casema.nl', 'quicknet.nl', 'upcmail.nl'],
      reverse: ['mail.iss.as9143.net', 'as9143.net'],
      rented: ['ziggo.nl', 'chello.nl'],
      asns: [33915],
    },
    ['https://rdap.org/autnum/33915'],
  ),
  place(
    'access',
    ['odido', 'Odido (T-Mobile Netherlands)', 'https://www.odido.nl'],
    { rented: ['odido.nl', 't-mobilethuis.nl', 'tele2.nl', 'glasoperator.nl'], asns: [31615, 50266] },
    ['https://rdap.org/autnum/31615'],
  ),
  place(
    'access',
    ['freedom-internet', 'Freedom Internet', 'https://freedom.nl'],
    { dkim: ['freedom.nl'], returnPath: ['freedom.nl'], rented: ['freedom.nl', 'freedominter.net'], asns: [206238] },
    ['https://rdap.org/autnum/206238'],
  ),
  place(
    'access',
    ['delta-fiber', 'DELTA Fiber (Caiway, Zeelandnet)', 'https://www.delta.nl'],
    {
      dkim: ['zeelandnet.nl', 'caiway.nl'],
      returnPath: ['zeelandnet.nl', 'caiway.nl'],
      rented: ['zeelandnet.nl', 'caiway.nl'],
      asns: [15435],
    },
    ['https://rdap.org/autnum/15435'],
  ),
  place(
    'access',
    ['telekom-de', 'Deutsche Telekom (lines)', 'https://www.telekom.de'],
    { rented: ['t-ipconnect.de', 't-ipnet.de'], asns: [3320] },
    ['https://rdap.org/autnum/3320'],
  ),
  place(
    'access',
    ['telenet', 'Telenet', 'https://www2.telenet.be'],
    {
      dkim: ['telenet.be'],
      returnPath: ['telenet.be'],
      reverse: ['telenet-ops.be'],
      rented: ['telenet.be'],
      asns: [6848],
    },
    ['https://rdap.org/autnum/6848'],
  ),
  place(
    'access',
    ['proximus', 'Proximus', 'https://www.proximus.be'],
    {
      dkim: ['proximus.be', 'skynet.be', 'belgacom.net'],
      returnPath: ['proximus.be', 'skynet.be'],
      rented: ['proximus.be', 'skynet.be', 'belgacom.be'],
      asns: [5432],
    },
    ['https://rdap.org/autnum/5432'],
  ),
  place(
    'access',
    ['comcast', 'Comcast', 'https://www.xfinity.com'],
    {
      dkim: ['comcast.net'],
      returnPath: ['comcast.net'],
      reverse: ['sys.comcast.net'],
      rented: ['comcast.net', 'comcastbusiness.net'],
      asns: [7922],
    },
    ['https://postmaster.comcast.net', 'https://rdap.org/autnum/7922'],
  ),
  place(
    'access',
    ['bt', 'BT', 'https://www.bt.com'],
    {
      dkim: ['btinternet.com', 'btopenworld.com'],
      returnPath: ['btinternet.com', 'btopenworld.com'],
      reverse: ['btinternet.com'],
      rented: ['btcentralplus.com', 'bt.net'],
      asns: [2856],
    },
    ['https://rdap.org/autnum/2856'],
  ),
  place(
    'access',
    ['virgin-media', 'Virgin Media', 'https://www.virginmedia.com'],
    {
      dkim: ['virginmedia.com', 'ntlworld.com'],
      returnPath: ['virginmedia.com', 'ntlworld.com'],
      rented: ['virginm.net', 'ntlworld.com', 'virginmedia.com'],
      asns: [5089],
    },
    ['https://rdap.org/autnum/5089'],
  ),
  place(
    'access',
    ['free-fr', 'Free', 'https://www.free.fr'],
    {
      dkim: ['free.fr'],
      returnPath: ['free.fr'],
      reverse: ['free.fr'],
      rented: ['proxad.net', 'fbxo.proxad.net'],
      asns: [12322],
    },
    ['https://postmaster.free.fr', 'https://rdap.org/autnum/12322'],
  ),
  place(
    'access',
    ['vodafone-de', 'Vodafone Germany', 'https://www.vodafone.de'],
    {
      dkim: ['arcor.de', 'vodafone.de'],
      returnPath: ['arcor.de', 'vodafone.de'],
      reverse: ['vodafonemail.de'],
      rented: ['vodafone-ip.de', 'arcor-ip.net', 'unitymedia.biz', 'kabel-deutschland.de'],
      asns: [3209],
    },
    ['https://rdap.org/autnum/3209'],
  ),
];
