// long because: data. What stands before or after a mail system: filters and gateways, relays, forwarders, and the lists.
import { at, includeIt, sender, signByTxt, words } from './define.ts';
import type { Advice, PassesOn, Recognition, Sender } from './model.ts';

/** A gateway that outgoing mail passes. */
const gatewayWords: Advice = words(
  'Outgoing mail keeps the envelope your own system gives it. Sign there after every change the gateway makes (disclaimers, rewritten links), or let the gateway sign as your domain.',
  'Uitgaande mail houdt de envelop die uw eigen systeem geeft. Onderteken na elke wijziging die de gateway maakt (disclaimers, herschreven links), of laat de gateway als uw domein ondertekenen.',
);

function gateway(
  [id, name, website]: readonly [string, string, string],
  recognise: Partial<Recognition>,
  sources: readonly string[],
  how: readonly Advice[] = [],
): Sender {
  const include = recognise.spf?.[0];
  return sender(
    'security-gateway',
    [id, name, website],
    recognise,
    {
      shared: true,
      spf: 'own-envelope',
      dkim: 'txt-selectors',
      passesOn: 'either',
      how: how.length > 0 ? how : include === undefined ? [gatewayWords] : [gatewayWords, includeIt(include)],
    },
    sources,
  );
}

/** What becomes of forwarded mail is not the author's to set up. */
const forwarderWords: Advice = words(
  'It passes on mail that its users receive. SPF does not survive that: sign everything with DKIM, and let this mail pass by that signature.',
  'De dienst stuurt mail door die haar gebruikers ontvangen. SPF overleeft dat niet: onderteken alles met DKIM, dan komt deze mail door op die handtekening.',
);
const listWords: Advice = words(
  'A list passes on what members write. One that changes the message must write its own address in From once your policy asks for enforcement; most do that by themselves.',
  'Een lijst stuurt door wat leden schrijven. Verandert zij het bericht, dan moet zij haar eigen adres in From zetten zodra uw beleid handhaving vraagt; de meeste doen dat vanzelf.',
);

function forwarder(
  category: 'forwarder' | 'mailing-list',
  [id, name, website]: readonly [string, string, string],
  recognise: Partial<Recognition>,
  passesOn: PassesOn,
  sources: readonly string[],
): Sender {
  return sender(
    category,
    [id, name, website],
    recognise,
    { shared: true, spf: 'no', dkim: 'no', passesOn, how: [category === 'forwarder' ? forwarderWords : listWords] },
    sources,
  );
}

export const gateways: readonly Sender[] = [
  gateway(
    ['proofpoint', 'Proofpoint', 'https://www.proofpoint.com'],
    {
      dkim: ['pphosted.com'],
      spf: ['pphosted.com'],
      returnPath: ['pphosted.com'],
      reverse: ['pphosted.com', 'gpphosted.com'],
      asns: [52129, 26211, 22843, 13916],
    },
    ['https://rdap.org/autnum/26211', 'dns:pphosted.com'],
    [
      gatewayWords,
      words(
        'Your include has a number of its own (spf-00a1b2c3.pphosted.com). See to it that the gateway relays for your own Microsoft 365 or Google tenant only, not for every tenant.',
        'Uw include heeft een eigen nummer (spf-00a1b2c3.pphosted.com). Zorg dat de gateway alleen voor uw eigen Microsoft 365- of Google-tenant doorzendt, niet voor elke tenant.',
      ),
    ],
  ),
  gateway(
    ['proofpoint-essentials', 'Proofpoint Essentials', 'https://www.proofpoint.com/us/products/essentials'],
    { dkim: ['ppe-hosted.com'], spf: ['ppe-hosted.com'], returnPath: ['ppe-hosted.com'], reverse: ['ppe-hosted.com'] },
    ['https://help.proofpoint.com/Proofpoint_Essentials'],
    [
      gatewayWords,
      words(
        'Put a:dispatch-eu.ppe-hosted.com, or that of your region, in your SPF record.',
        'Zet a:dispatch-eu.ppe-hosted.com, of die van uw regio, in uw SPF-record.',
      ),
    ],
  ),
  gateway(
    ['mimecast', 'Mimecast', 'https://www.mimecast.com'],
    {
      dkim: ['mimecast.com', 'mimecastprotect.com'],
      selectors: ['mimecast########'],
      spf: ['_netblocks.mimecast.com'],
      returnPath: ['mimecast.com'],
      reverse: ['mimecast.com', 'mimecast.co.za', 'mimecast-offshore.com'],
      asns: [30031, 42427, 39588, 60492, 397726, 136792, 37235, 33538, 208638],
    },
    ['https://mimecastsupport.zendesk.com', 'https://rdap.org/autnum/42427'],
    [
      gatewayWords,
      words(
        'Its outbound signing is set under Gateway → Policies → DNS Authentication – Outbound; the include is the one of your region, such as eu._netblocks.mimecast.com.',
        'Ondertekenen van uitgaande mail stelt u in onder Gateway → Policies → DNS Authentication – Outbound; de include is die van uw regio, zoals eu._netblocks.mimecast.com.',
      ),
    ],
  ),
  gateway(
    ['barracuda', 'Barracuda Email Gateway Defense', 'https://www.barracuda.com'],
    {
      dkim: ['barracudanetworks.com', 'barracuda.com'],
      spf: ['spf.ess.barracudanetworks.com', 'ess.barracudanetworks.com', 'barracudanetworks.com'],
      returnPath: ['barracudanetworks.com', 'barracuda.com'],
      reverse: ['barracudanetworks.com', 'barracuda.com'],
      asns: [15324],
    },
    ['https://campus.barracuda.com/product/emailgatewaydefense/', 'dns:spf.ess.barracudanetworks.com?type=TXT'],
  ),
  gateway(
    [
      'cisco-secure-email',
      'Cisco Secure Email (IronPort)',
      'https://www.cisco.com/site/us/en/products/security/secure-email/',
    ],
    {
      dkim: ['iphmx.com'],
      spf: ['iphmx.com'],
      returnPath: ['iphmx.com'],
      reverse: ['iphmx.com'],
      asns: [16417, 30238, 30215, 40427],
    },
    ['https://rdap.org/autnum/16417'],
    [
      gatewayWords,
      words(
        'Let it in by exists:%{i}.spf.<your name>.iphmx.com; signing is under Mail Policies → Signing Profiles, with the mail flow policy for outgoing mail set to sign.',
        'Laat haar toe met exists:%{i}.spf.<uw naam>.iphmx.com; ondertekenen staat onder Mail Policies → Signing Profiles, met de mail flow policy voor uitgaande mail op ondertekenen.',
      ),
    ],
  ),
  gateway(
    ['trend-micro', 'Trend Micro Email Security', 'https://www.trendmicro.com'],
    {
      dkim: ['tmes.trendmicro.com', 'tmes.trendmicro.eu'],
      spf: ['spf.tmes.trendmicro.com', 'spf.tmes.trendmicro.eu', 'spf.hes.trendmicro.com', 'spf.hes.trendmicro.eu'],
      returnPath: ['tmes.trendmicro.com', 'tmes.trendmicro.eu'],
      reverse: ['trendmicro.com', 'trendmicro.eu'],
    },
    ['https://docs.trendmicro.com/en-us/documentation/email-security/', 'dns:spf.tmes.trendmicro.com?type=TXT'],
  ),
  gateway(
    ['sophos', 'Sophos Email', 'https://www.sophos.com'],
    {
      dkim: ['sophos.com'],
      spf: ['hydra.sophos.com'],
      returnPath: ['hydra.sophos.com'],
      reverse: ['hydra.sophos.com'],
    },
    ['https://docs.sophos.com/central/customer/help/en-us/'],
    [gatewayWords, includeIt('the name Sophos Central shows for your region (_spf.prod.hydra.sophos.com)')],
  ),
  gateway(
    ['hornetsecurity', 'Hornetsecurity', 'https://www.hornetsecurity.com'],
    {
      dkim: ['hornetsecurity.com', 'antispameurope.com'],
      spf: ['spf.hornetsecurity.com', 'antispameurope.com'],
      returnPath: ['hornetsecurity.com', 'antispameurope.com'],
      cname: ['hornetsecurity.com'],
      reverse: ['hornetsecurity.com', 'antispameurope.com'],
      asns: [401943],
    },
    ['https://manuals.hornetsecurity.com', 'dns:spf.hornetsecurity.com?type=TXT'],
  ),
  gateway(
    [
      'messagelabs',
      'Symantec Email Security.cloud (Broadcom)',
      'https://www.broadcom.com/products/cybersecurity/email',
    ],
    {
      dkim: ['messagelabs.com'],
      spf: ['spf.messagelabs.com'],
      returnPath: ['messagelabs.com'],
      reverse: ['messagelabs.com'],
    },
    [
      'https://techdocs.broadcom.com/us/en/symantec-security-software/email-security.html',
      'dns:spf.messagelabs.com?type=TXT',
    ],
  ),
  gateway(
    ['forcepoint', 'Forcepoint Email Security Cloud', 'https://www.forcepoint.com'],
    {
      dkim: ['mailcontrol.com'],
      spf: ['mailcontrol.com'],
      returnPath: ['mailcontrol.com'],
      reverse: ['mailcontrol.com', 'forcepoint.com'],
    },
    ['dns:mailcontrol.com?type=TXT'],
  ),
  gateway(
    ['fortimail-cloud', 'Fortinet FortiMail Cloud', 'https://www.fortinet.com'],
    {
      dkim: ['fortimailcloud.com', 'fortimail.com'],
      spf: ['fortimailcloud.com'],
      returnPath: ['fortimailcloud.com'],
      reverse: ['fortimailcloud.com', 'fortimail.com'],
    },
    ['https://docs.fortinet.com/product/fortimail-cloud'],
    [gatewayWords],
  ),
  gateway(
    ['n-able-mail-assure', 'N-able Mail Assure (SpamExperts)', 'https://www.n-able.com'],
    {
      dkim: ['antispamcloud.com'],
      spf: ['spf.antispamcloud.com', 'antispamcloud.com'],
      returnPath: ['antispamcloud.com'],
      reverse: ['antispamcloud.com', 'mtaroutes.com'],
    },
    ['https://documentation.n-able.com/mail-assure/', 'dns:spf.antispamcloud.com?type=TXT'],
  ),
  gateway(
    ['zivver', 'Zivver', 'https://www.zivver.com'],
    {
      dkim: ['zivver.com', 'zivver.nl'],
      spf: ['zivver.com'],
      returnPath: ['zivver.com'],
      cname: ['zivver.com'],
      reverse: ['zivver.com'],
    },
    ['https://docs.zivver.com'],
    [
      words(
        'Notices of secure messages come from Zivver in the name of the sender.',
        'Meldingen van beveiligde berichten komen van Zivver namens de afzender.',
      ),
      at('Admin panel → Domains'),
      words(
        'Publish the SPF and DKIM records it shows for every domain.',
        'Publiceer voor elk domein de SPF- en DKIM-records die daar staan.',
      ),
    ],
  ),
  gateway(
    ['smartlockr', 'SmartLockr', 'https://www.smartlockr.io'],
    {
      dkim: ['smartlockr.io', 'smartlockr.eu'],
      spf: ['smartlockr.io', 'smartlockr.eu'],
      returnPath: ['smartlockr.io', 'smartlockr.eu'],
      reverse: ['smartlockr.io', 'smartlockr.eu'],
    },
    ['https://www.smartlockr.io'],
    [
      words(
        'Notices of secure messages come from it in the name of the sender: ask it for the SPF and DKIM records of your domains.',
        'Meldingen van beveiligde berichten komen van de dienst namens de afzender: vraag haar om de SPF- en DKIM-records voor uw domeinen.',
      ),
    ],
  ),
  gateway(
    ['zix-appriver', 'OpenText Zix and AppRiver', 'https://www.opentext.com'],
    {
      dkim: ['zixcorp.com', 'appriver.com'],
      spf: ['zixcorp.com', 'zixsmbhosted.com', 'zixworks.com', 'appriver.com'],
      returnPath: ['zixcorp.com', 'zixsmbhosted.com', 'zixworks.com', 'appriver.com'],
      reverse: ['zixcorp.com', 'zixsmbhosted.com', 'zixworks.com', 'appriver.com', 'smtp25.com'],
      asns: [53780, 13380, 59519],
    },
    ['https://rdap.org/autnum/53780', 'https://rdap.org/autnum/13380'],
    [gatewayWords],
  ),
  gateway(
    ['retarus', 'Retarus', 'https://www.retarus.com'],
    {
      dkim: ['retarus.com'],
      spf: ['retarus.com'],
      returnPath: ['retarus.com', 'rmx.de'],
      reverse: ['retarus.com', 'rmx.de'],
      asns: [48328],
    },
    ['https://rdap.org/autnum/48328'],
    [gatewayWords],
  ),
  gateway(
    ['nospamproxy', 'NoSpamProxy Cloud', 'https://www.nospamproxy.de'],
    {
      dkim: ['nospamproxy.com'],
      spf: ['nospamproxy.com'],
      returnPath: ['nospamproxy.com'],
      reverse: ['nospamproxy.com'],
    },
    ['https://docs.nospamproxy.com'],
    [gatewayWords],
  ),
  gateway(
    ['spamtitan', 'TitanHQ SpamTitan', 'https://www.titanhq.com'],
    {
      dkim: ['spamtitan.com', 'titanhq.com'],
      spf: ['spamtitan.com'],
      returnPath: ['spamtitan.com'],
      reverse: ['spamtitan.com', 'titanhq.com', 'encrypttitan.net'],
    },
    ['https://docs.titanhq.com'],
    [gatewayWords],
  ),
  gateway(
    ['vade', 'Vade (Hornetsecurity)', 'https://www.vadesecure.com'],
    {
      dkim: ['vadesecure.com'],
      spf: ['vadesecure.com'],
      returnPath: ['vadesecure.com'],
      reverse: ['vadesecure.com', 'earthlink-vadesecure.net'],
    },
    ['https://www.vadesecure.com'],
    [gatewayWords],
  ),
  gateway(
    ['libraesva', 'Libraesva', 'https://www.libraesva.com'],
    {
      dkim: ['esvacloud.com', 'libraesva.com'],
      spf: ['esvacloud.com'],
      returnPath: ['esvacloud.com'],
      reverse: ['esvacloud.com'],
    },
    ['https://docs.libraesva.com'],
    [gatewayWords],
  ),
  gateway(
    ['egress', 'Egress (KnowBe4)', 'https://www.egress.com'],
    {
      dkim: ['egress.com', 'egress.cloud'],
      spf: ['egress.com'],
      returnPath: ['egress.com', 'egress.cloud'],
      reverse: ['egress.com', 'egress.cloud'],
    },
    ['https://support.egress.com'],
    [gatewayWords],
  ),
  gateway(
    ['check-point-harmony', 'Check Point Harmony Email (Avanan)', 'https://www.checkpoint.com'],
    {
      dkim: ['cloud-sec-av.com', 'avanan.net'],
      spf: ['spfa.cpmails.com', 'cloud-sec-av.com', 'avanan.net'],
      returnPath: ['cloud-sec-av.com', 'avanan.net'],
      reverse: ['cloud-sec-av.com'],
    },
    ['https://sc1.checkpoint.com/documents/Harmony_Email_and_Collaboration/'],
    [gatewayWords],
  ),
  gateway(
    ['vipre', 'VIPRE Email Security', 'https://vipre.com'],
    {
      dkim: ['electric.net', 'e-mmunity.net'],
      spf: ['electric.net'],
      returnPath: ['electric.net', 'e-mmunity.net'],
      reverse: ['electric.net', 'e-mmunity.net', 'vipre.com'],
    },
    ['https://success.vipre.com'],
    [gatewayWords],
  ),
  gateway(
    ['mailprotector', 'Mailprotector', 'https://mailprotector.com'],
    {
      dkim: ['emailservice.io'],
      spf: ['emailservice.io', 'spf.us.emailservice.io'],
      returnPath: ['emailservice.io'],
      reverse: ['emailservice.io', 'emailsrv.net'],
    },
    ['https://support.mailprotector.com'],
    [gatewayWords],
  ),
  gateway(
    ['fireeye', 'Trellix Email Security (FireEye)', 'https://www.trellix.com'],
    {
      dkim: ['fireeyecloud.com'],
      spf: ['_spf.fireeyecloud.com'],
      returnPath: ['fireeyecloud.com'],
      reverse: ['fireeyecloud.com', 'fireeyegov.com'],
    },
    ['dns:_spf.fireeyecloud.com?type=TXT'],
  ),
  gateway(
    ['area-1', 'Cloudflare Email Security (Area 1)', 'https://www.cloudflare.com'],
    { spf: ['mxrecord.io'], returnPath: ['mxrecord.io'], reverse: ['mxrecord.io', 'mxrecord.mx'] },
    ['https://developers.cloudflare.com/email-security/'],
    [
      words(
        'It filters what comes in; nothing of your outgoing mail is set up there. Let the mail system behind it trust its results.',
        'De dienst filtert wat binnenkomt; voor uitgaande mail valt er niets in te stellen. Laat het mailsysteem erachter haar uitkomsten vertrouwen.',
      ),
    ],
  ),
  gateway(
    ['paubox', 'Paubox', 'https://www.paubox.com'],
    { dkim: ['paubox.com'], spf: ['paubox.com'], returnPath: ['paubox.com'], reverse: ['paubox.com'] },
    ['https://docs.paubox.com'],
    [gatewayWords],
  ),
  gateway(
    ['virtru', 'Virtru Gateway', 'https://www.virtru.com'],
    {
      dkim: ['virtrugateway.com', 'virtru.com'],
      spf: ['virtrugateway.com'],
      returnPath: ['virtrugateway.com'],
      reverse: ['virtrugateway.com', 'virtru.com'],
    },
    ['https://support.virtru.com'],
    [gatewayWords],
  ),
  gateway(
    ['expurgate', 'eXpurgate (eleven, Cyren)', 'https://www.eleven.de'],
    {
      dkim: ['expurgate.de', 'expurgate.net'],
      spf: ['expurgate.net', 'expurgate.de'],
      returnPath: ['expurgate.net', 'expurgate.de'],
      reverse: ['expurgate.net', 'expurgate.de'],
    },
    ['https://www.eleven.de'],
    [gatewayWords],
  ),
  gateway(
    ['securence', 'Securence', 'https://www.securence.com'],
    { dkim: ['securence.com'], spf: ['securence.com'], returnPath: ['securence.com'], reverse: ['securence.com'] },
    ['https://www.securence.com'],
    [gatewayWords],
  ),
  sender(
    'transactional',
    ['mailchannels', 'MailChannels', 'https://www.mailchannels.com'],
    {
      dkim: ['mailchannels.net'],
      spf: ['relay.mailchannels.net', 'mailchannels.net'],
      returnPath: ['mailchannels.net'],
      reverse: ['mailchannels.net'],
    },
    {
      shared: true,
      spf: 'own-envelope',
      dkim: 'own-key',
      passesOn: 'keeps-dkim',
      how: [
        words(
          'Hosting companies send their customers’ mail through it, in any name. Publish _mailchannels with the accounts that may send as your domain (Domain Lockdown), or leave it out of your SPF record.',
          'Hostingbedrijven verzenden er de mail van hun klanten mee, in elke naam. Publiceer _mailchannels met de accounts die als uw domein mogen verzenden (Domain Lockdown), of laat de dienst uit uw SPF-record.',
        ),
      ],
    },
    [
      'https://support.mailchannels.com/hc/en-us/articles/16918954360845-Secure-your-domain-name-against-spoofing-with-Domain-Lockdown',
      'dns:relay.mailchannels.net?type=TXT',
    ],
  ),
  sender(
    'transactional',
    ['duocircle', 'DuoCircle Outbound SMTP', 'https://www.duocircle.com'],
    {
      dkim: ['duocircle.com', 'mailhop.org'],
      spf: ['outbound.mailhop.org', '_spf.mailhop.org', 'mailhop.org'],
      returnPath: ['mailhop.org', 'duocircle.com'],
      reverse: ['mailhop.org', 'duocircle.com'],
    },
    {
      shared: true,
      spf: 'own-envelope',
      dkim: 'txt-selectors',
      passesOn: 'keeps-dkim',
      how: [at('Outbound SMTP → Verified domains'), signByTxt(), includeIt('outbound.mailhop.org')],
    },
    ['https://support.duocircle.com', 'dns:outbound.mailhop.org?type=TXT'],
  ),
  forwarder(
    'forwarder',
    ['improvmx', 'ImprovMX', 'https://improvmx.com'],
    {
      dkim: ['improvmx.com'],
      selectors: ['dkimprovmx1', 'dkimprovmx2'],
      spf: ['spf.improvmx.com'],
      returnPath: ['improvmx.com'],
      cname: ['improvmx.com'],
      reverse: ['improvmx.com'],
    },
    'keeps-dkim',
    ['https://improvmx.com/guides/', 'dns:spf.improvmx.com?type=TXT'],
  ),
  forwarder(
    'forwarder',
    ['forward-email', 'Forward Email', 'https://forwardemail.net'],
    {
      dkim: ['forwardemail.net'],
      selectors: ['fe-*'],
      spf: ['spf.forwardemail.net'],
      returnPath: ['forwardemail.net'],
      envelopeLabels: ['fe-bounces'],
      cname: ['forwardemail.net'],
      reverse: ['forwardemail.net'],
    },
    'keeps-dkim',
    ['https://forwardemail.net/en/faq', 'dns:spf.forwardemail.net?type=TXT'],
  ),
  forwarder(
    'forwarder',
    ['pobox', 'Pobox', 'https://www.pobox.com'],
    { dkim: ['pobox.com'], spf: ['pobox.com'], returnPath: ['pobox.com', 'bounces.pobox.com'], reverse: ['pobox.com'] },
    'keeps-dkim',
    [
      'https://helpspot.pobox.com',
      'https://nl.support.powerdmarc.com/support/solutions/articles/60000706909-how-to-set-up-spf-for-pobox-',
    ],
  ),
  forwarder(
    'forwarder',
    ['simplelogin', 'SimpleLogin', 'https://simplelogin.io'],
    {
      dkim: ['simplelogin.co', 'simplelogin.io', 'simplelogin.com', 'simplelogin.fr'],
      spf: ['simplelogin.co'],
      returnPath: ['simplelogin.co', 'simplelogin.io', 'simplelogin.com', 'simplelogin.fr'],
      cname: ['simplelogin.co'],
      reverse: ['simplelogin.co'],
    },
    'rewrites-from',
    ['https://simplelogin.io/docs/'],
  ),
  forwarder(
    'forwarder',
    ['addy-io', 'addy.io (AnonAddy)', 'https://addy.io'],
    {
      dkim: ['addy.io', 'anonaddy.com', 'anonaddy.me'],
      spf: ['spf.addy.io', 'spf.anonaddy.me'],
      returnPath: ['addy.io', 'anonaddy.com', 'anonaddy.me'],
      cname: ['addy.io', 'anonaddy.me'],
      reverse: ['addy.io', 'anonaddy.me'],
    },
    'rewrites-from',
    ['https://addy.io/help/'],
  ),
  forwarder(
    'forwarder',
    ['duckduckgo', 'DuckDuckGo Email Protection', 'https://duckduckgo.com/email/'],
    { dkim: ['duck.com'], returnPath: ['duck.com'], reverse: ['duck.com'] },
    'rewrites-from',
    ['https://duckduckgo.com/duckduckgo-help-pages/email-protection/'],
  ),
  forwarder(
    'forwarder',
    ['firefox-relay', 'Firefox Relay', 'https://relay.firefox.com'],
    {
      dkim: ['mozmail.com', 'relay.firefox.com'],
      returnPath: ['mozmail.com', 'relay.firefox.com'],
      reverse: ['mozmail.com'],
    },
    'rewrites-from',
    ['https://support.mozilla.org/products/relay'],
  ),
  forwarder(
    'forwarder',
    ['cloudflare-email-routing', 'Cloudflare Email Routing', 'https://developers.cloudflare.com/email-routing/'],
    {
      dkim: ['cloudflare-email.net', 'cloudflare-email.com', 'cloudflare-email.org'],
      selectors: ['cf2024-1'],
      spf: ['_spf.mx.cloudflare.net'],
      returnPath: ['cloudflare-email.net', 'cloudflare-email.com', 'cloudflare-email.org'],
      reverse: [
        'cloudflare-email.net',
        'cloudflare-email.com',
        'cloudflare-email.org',
        'cloudflare-smtp.com',
        'cloudflare-smtp.net',
        'cloudflare-smtp.org',
      ],
    },
    'keeps-dkim',
    ['https://developers.cloudflare.com/email-routing/postmaster/', 'dns:_spf.mx.cloudflare.net?type=TXT'],
  ),
  forwarder(
    'forwarder',
    ['apple-private-relay', 'Apple Hide My Email', 'https://support.apple.com/HT210425'],
    {
      dkim: ['privaterelay.appleid.com'],
      returnPath: ['privaterelay.appleid.com'],
      reverse: ['privaterelay.appleid.com'],
    },
    'rewrites-from',
    ['https://developer.apple.com/documentation/signinwithapple/communicating-using-the-private-email-relay-service'],
  ),
  forwarder(
    'forwarder',
    ['namecheap-forwarding', 'Namecheap Email Forwarding', 'https://www.namecheap.com'],
    {
      dkim: ['registrar-servers.com'],
      spf: ['spf.efwd.registrar-servers.com'],
      returnPath: ['registrar-servers.com'],
      reverse: ['registrar-servers.com'],
    },
    'keeps-dkim',
    ['https://www.namecheap.com/support/knowledgebase/', 'dns:spf.efwd.registrar-servers.com?type=TXT'],
  ),
  forwarder(
    'forwarder',
    ['forwardmx', 'ForwardMX', 'https://forwardmx.net'],
    {
      dkim: ['outboundrelay.com', 'forwardmx.net'],
      spf: ['outboundrelay.com'],
      returnPath: ['outboundrelay.com'],
      reverse: ['outboundrelay.com'],
    },
    'keeps-dkim',
    ['https://forwardmx.net'],
  ),
  forwarder(
    'forwarder',
    ['mailwip', 'Mailwip (Hanami)', 'https://mailwip.com'],
    { dkim: ['hanami.run', 'mailwip.com'], spf: ['hanami.run'], returnPath: ['hanami.run'], reverse: ['hanami.run'] },
    'keeps-dkim',
    ['https://mailwip.com'],
  ),
  forwarder(
    'forwarder',
    ['ieee', 'IEEE e-mail alias', 'https://www.ieee.org'],
    { dkim: ['ieee.org'], returnPath: ['ieee.org'], reverse: ['ieee.org'] },
    'either',
    ['https://www.ieee.org'],
  ),
  forwarder(
    'forwarder',
    ['acm', 'ACM e-mail forwarding', 'https://www.acm.org'],
    { dkim: ['acm.org'], returnPath: ['acm.org'], reverse: ['acm.org'] },
    'either',
    ['https://www.acm.org'],
  ),
  forwarder(
    'mailing-list',
    ['google-groups', 'Google Groups', 'https://groups.google.com'],
    { dkim: ['googlegroups.com'], returnPath: ['googlegroups.com'], reverse: ['googlegroups.com'] },
    'rewrites-from',
    ['https://support.google.com/a/answer/2453275'],
  ),
  forwarder(
    'mailing-list',
    ['groups-io', 'Groups.io', 'https://groups.io'],
    { dkim: ['groups.io'], spf: ['groups.io'], returnPath: ['groups.io'], reverse: ['groups.io'] },
    'rewrites-from',
    ['https://groups.io/helpcenter'],
  ),
  forwarder(
    'mailing-list',
    ['topicbox', 'Topicbox', 'https://www.topicbox.com'],
    { dkim: ['topicbox.com'], returnPath: ['topicbox.com'], reverse: ['topicbox.com'] },
    'rewrites-from',
    ['https://www.topicbox.com'],
  ),
  forwarder(
    'mailing-list',
    ['jiscmail', 'JISCMail', 'https://www.jiscmail.ac.uk'],
    { dkim: ['jiscmail.ac.uk'], returnPath: ['jiscmail.ac.uk'], reverse: ['jiscmail.ac.uk'] },
    'rewrites-from',
    ['https://www.jiscmail.ac.uk'],
  ),
  forwarder(
    'mailing-list',
    ['lsoft', 'L-Soft LISTSERV hosting', 'https://www.lsoft.com'],
    { dkim: ['lsoft.com', 'lsoft.se'], returnPath: ['lsoft.com', 'lsoft.se'], reverse: ['lsoft.com', 'lsoft.se'] },
    'rewrites-from',
    ['https://www.lsoft.com/news/dmarc-issue1-2018.asp'],
  ),
  forwarder(
    'mailing-list',
    ['freelists', 'FreeLists', 'https://www.freelists.org'],
    { dkim: ['freelists.org'], returnPath: ['freelists.org'], reverse: ['freelists.org'] },
    'rewrites-from',
    ['https://www.freelists.org'],
  ),
  forwarder(
    'mailing-list',
    ['sourceforge', 'SourceForge mailing lists', 'https://sourceforge.net'],
    {
      dkim: ['lists.sourceforge.net', 'sourceforge.net'],
      returnPath: ['lists.sourceforge.net', 'sourceforge.net'],
      reverse: ['sourceforge.net'],
    },
    'rewrites-from',
    ['https://sourceforge.net/p/forge/documentation/Mailing%20Lists/'],
  ),
  forwarder(
    'mailing-list',
    ['renater-sympa', 'RENATER lists (Sympa)', 'https://groupes.renater.fr'],
    { dkim: ['renater.fr'], returnPath: ['renater.fr'], reverse: ['renater.fr'] },
    'either',
    ['https://groupes.renater.fr/sympa/'],
  ),
  forwarder(
    'mailing-list',
    ['kernel-org', 'Linux kernel lists', 'https://subspace.kernel.org'],
    {
      dkim: ['vger.kernel.org', 'lists.linux.dev'],
      returnPath: ['vger.kernel.org', 'lists.linux.dev'],
      reverse: ['vger.kernel.org'],
    },
    'keeps-dkim',
    ['https://subspace.kernel.org'],
  ),
  forwarder(
    'mailing-list',
    ['ietf', 'IETF lists', 'https://www.ietf.org/mailman/listinfo'],
    { dkim: ['ietf.org'], returnPath: ['ietf.org'], reverse: ['ietf.org'] },
    'rewrites-from',
    ['https://www.ietf.org/how/lists/'],
  ),
  forwarder(
    'mailing-list',
    ['debian-lists', 'Debian lists', 'https://lists.debian.org'],
    { dkim: ['lists.debian.org'], returnPath: ['lists.debian.org'], reverse: ['debian.org'] },
    'keeps-dkim',
    ['https://lists.debian.org'],
  ),
  forwarder(
    'mailing-list',
    ['gnu-lists', 'GNU lists', 'https://lists.gnu.org'],
    { dkim: ['gnu.org'], returnPath: ['gnu.org', 'nongnu.org'], reverse: ['gnu.org'] },
    'rewrites-from',
    ['https://lists.gnu.org'],
  ),
  forwarder(
    'mailing-list',
    ['w3c-lists', 'W3C lists', 'https://lists.w3.org'],
    { dkim: ['w3.org'], returnPath: ['w3.org'], reverse: ['w3.org'] },
    'either',
    ['https://lists.w3.org'],
  ),
  forwarder(
    'mailing-list',
    ['apache-lists', 'Apache lists', 'https://lists.apache.org'],
    { dkim: ['apache.org'], returnPath: ['apache.org'], reverse: ['apache.org'] },
    'either',
    ['https://lists.apache.org'],
  ),
  forwarder(
    'mailing-list',
    ['python-lists', 'Python lists (Mailman 3)', 'https://mail.python.org'],
    { dkim: ['python.org'], returnPath: ['python.org'], reverse: ['python.org'] },
    'rewrites-from',
    ['https://mail.python.org'],
  ),
  forwarder(
    'mailing-list',
    ['riseup-lists', 'Riseup lists (Sympa)', 'https://lists.riseup.net'],
    { dkim: ['riseup.net'], returnPath: ['riseup.net'], reverse: ['riseup.net'] },
    'either',
    ['https://riseup.net/en/lists'],
  ),
  forwarder(
    'mailing-list',
    ['simplelists', 'Simplelists', 'https://www.simplelists.com'],
    { dkim: ['simplelists.com'], returnPath: ['simplelists.com'], reverse: ['simplelists.com'] },
    'rewrites-from',
    ['https://www.simplelists.com'],
  ),
];
