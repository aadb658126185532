// long because: data. Services that send newsletters and campaigns, used everywhere.
import {
  ask,
  at,
  envelopeIsTheirs,
  includeIt,
  returnByCname,
  sender,
  signByCname,
  signByTxt,
  words,
} from './define.ts';
import type { Sender } from './model.ts';

export const bulk: readonly Sender[] = [
  sender(
    'bulk',
    ['mailchimp', 'Intuit Mailchimp', 'https://mailchimp.com'],
    {
      dkim: ['mcsv.net', 'rsgsv.net', 'mcdlv.net', 'mailchimpapp.net'],
      selectors: ['k2', 'k3'],
      spf: ['servers.mcsv.net'],
      returnPath: ['mcsv.net', 'rsgsv.net', 'mcdlv.net'],
      cname: ['mcsv.net'],
      reverse: ['mcsv.net', 'rsgsv.net', 'mcdlv.net'],
      asns: [14782],
    },
    {
      shared: 'both',
      spf: 'no',
      dkim: 'cname-selectors',
      how: [
        at('Account → Domains → Start Authentication'),
        signByCname('k2._domainkey and k3._domainkey, to dkim2.mcsv.net and dkim3.mcsv.net'),
        envelopeIsTheirs(),
      ],
    },
    ['https://mailchimp.com/help/set-up-email-domain-authentication/', 'dns:servers.mcsv.net?type=TXT'],
  ),
  sender(
    'bulk',
    ['campaign-monitor', 'Campaign Monitor', 'https://www.campaignmonitor.com'],
    {
      dkim: [
        'createsend.com',
        ...Array.from({ length: 20 }, (_, at) => `cmail${at + 1}.com`),
        ...Array.from({ length: 5 }, (_, at) => `createsend${at + 1}.com`),
      ],
      selectors: ['cm'],
      spf: ['_spf.createsend.com'],
      returnPath: [
        'createsend.com',
        ...Array.from({ length: 20 }, (_, at) => `cmail${at + 1}.com`),
        ...Array.from({ length: 5 }, (_, at) => `createsend${at + 1}.com`),
      ],
      reverse: Array.from({ length: 20 }, (_, at) => `cmail${at + 1}.com`),
      asns: [55819],
    },
    {
      shared: 'both',
      spf: 'no',
      dkim: 'txt-selectors',
      how: [at('Account settings → Sending domains'), signByTxt('cm._domainkey'), envelopeIsTheirs()],
    },
    ['https://help.campaignmonitor.com/s/article/email-authentication', 'dns:_spf.createsend.com?type=TXT'],
  ),
  sender(
    'bulk',
    ['constant-contact', 'Constant Contact', 'https://www.constantcontact.com'],
    {
      dkim: ['constantcontact.com', 'ccsend.com'],
      selectors: ['ctct1', 'ctct2'],
      spf: ['spf.constantcontact.com'],
      returnPath: ['in.constantcontact.com'],
      reverse: ['constantcontact.com', 'ccsend.com'],
      asns: [40444],
    },
    {
      shared: true,
      spf: 'no',
      dkim: 'cname-selectors',
      how: [
        at('Account settings → Advanced settings → Self-authentication'),
        signByCname('ctct1._domainkey and ctct2._domainkey'),
        envelopeIsTheirs(),
      ],
    },
    [
      'https://knowledgebase.constantcontact.com/email-digital-marketing/articles/KnowledgeBase/5932-email-authentication',
      'dns:spf.constantcontact.com?type=TXT',
    ],
  ),
  sender(
    'bulk',
    ['mailerlite', 'MailerLite', 'https://www.mailerlite.com'],
    {
      dkim: ['mlsend.com'],
      selectors: ['litesrv'],
      spf: ['_spf.mlsend.com'],
      returnPath: ['mlsend.com'],
      cname: ['mlsend.com'],
      reverse: ['mlsend.com'],
    },
    {
      shared: 'both',
      spf: 'no',
      dkim: 'cname-selectors',
      how: [
        at('Account settings → Domains → Authenticate'),
        signByCname('litesrv._domainkey to litesrv._domainkey.mlsend.com'),
        envelopeIsTheirs(),
      ],
    },
    ['https://www.mailerlite.com/help/how-to-verify-and-authenticate-your-domain', 'dns:_spf.mlsend.com?type=TXT'],
  ),
  sender(
    'bulk',
    ['klaviyo', 'Klaviyo', 'https://www.klaviyo.com'],
    {
      dkim: ['klaviyomail.com', 'klaviyo.com'],
      selectors: ['kl', 'kl2', 'km1', 'km2', 'kt1', 'kt2', 'ks1', 'ks2'],
      returnPath: ['klaviyomail.com'],
      cname: ['klaviyodns.com', 'klaviyomail.com'],
      reverse: ['klaviyomail.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        at('Settings → Domains → Add branded sending domain'),
        words(
          'It shows NS records that hand a subdomain such as send.example.org over, or CNAME and TXT records for it: either gives both DKIM and a return path of yours, in relaxed mode.',
          'U krijgt NS-records die een subdomein zoals send.example.org overdragen, of CNAME- en TXT-records daarvoor: beide geven DKIM en een return-path van u, relaxed.',
        ),
      ],
    },
    ['https://help.klaviyo.com/hc/en-us/articles/115000357752'],
  ),
  sender(
    'bulk',
    ['activecampaign', 'ActiveCampaign', 'https://www.activecampaign.com'],
    {
      dkim: ['emsd1.com', 'acems1.com', 'acems2.com', 'acems5.com', 'acemsa1.com', 'emsend2.com'],
      selectors: ['acdkim1', 'acdkim2'],
      spf: ['emsd1.com'],
      returnPath: ['emsd1.com', 'acems1.com', 'acems2.com', 'acems5.com', 'acemsa1.com', 'emsend2.com'],
      cname: ['acems1.com'],
      reverse: ['emsd1.com', 'acems2.com', 'acemsa1.com', 'emsend2.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        at('Settings → Advanced → I will manage my own email authentication'),
        signByCname('acdkim1._domainkey and acdkim2._domainkey'),
        words(
          'A mailserver domain set up there as well makes the envelope yours; without it SPF never aligns.',
          'Een eigen mailserverdomein, ook daar in te stellen, maakt de envelop van u; anders klopt SPF nooit met uw domein.',
        ),
      ],
    },
    [
      'https://help.activecampaign.com/hc/en-us/articles/206903370-SPF-DKIM-and-DMARC-Authentication',
      'dns:emsd1.com?type=TXT',
    ],
  ),
  sender(
    'bulk',
    ['getresponse', 'GetResponse', 'https://www.getresponse.com'],
    {
      dkim: ['getresponse-mail.com', 'getresponse.com'],
      returnPath: ['getresponse-mail.com', 'getresponse.com'],
      reverse: ['getresponse-mail.com', 'getresponse.com'],
      asns: [198881, 46469, 207296],
    },
    {
      shared: 'both',
      spf: 'no',
      dkim: 'txt-selectors',
      how: [at('Emails and domains → Domains → Authenticate'), signByTxt(), envelopeIsTheirs()],
    },
    ['https://www.getresponse.com/help/how-do-i-authenticate-my-domain.html'],
  ),
  sender(
    'bulk',
    ['aweber', 'AWeber', 'https://www.aweber.com'],
    {
      dkim: ['aweber.com', 'send.aweber.com'],
      selectors: ['aweber_key_a', 'aweber_key_b', 'aweber_key_c'],
      spf: ['send.aweber.com'],
      returnPath: ['aweber.com'],
      cname: ['send.aweber.com'],
      reverse: ['aweber.com'],
    },
    {
      shared: true,
      spf: 'no',
      dkim: 'cname-selectors',
      how: [
        at('My account → Domains and addresses'),
        signByCname('aweber_key_a, aweber_key_b and aweber_key_c under _domainkey'),
        envelopeIsTheirs(),
      ],
    },
    ['https://help.aweber.com/hc/en-us/articles/360025741194-How-do-I-set-up-DKIM', 'dns:send.aweber.com?type=TXT'],
  ),
  sender(
    'bulk',
    ['dotdigital', 'Dotdigital', 'https://dotdigital.com'],
    {
      dkim: ['dotmailer.com', 'dotdigital.com', 'dmtrk.net'],
      returnPath: ['dotmailer.com', 'dotdigital.com'],
      reverse: ['dotmailer.com', 'dotdigital.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'delegated-subdomain',
      how: [
        words(
          'Ask for a custom from address: a subdomain is handed over to it by NS records, or set up by CNAME and TXT records. Both legs align in relaxed mode with the domain above.',
          'Vraag een eigen afzenderadres aan: een subdomein wordt met NS-records overgedragen, of met CNAME- en TXT-records ingericht. Beide benen kloppen relaxed met het domein erboven.',
        ),
      ],
    },
    ['https://support.dotdigital.com/en/articles/8199118-custom-from-addresses'],
  ),
  sender(
    'bulk',
    ['emarsys', 'SAP Emarsys', 'https://emarsys.com'],
    {
      dkim: ['emarsys.net', 'emarsys.com'],
      returnPath: ['emarsys.net', 'emarsys.com'],
      reverse: ['emarsys.net', 'emarsys.com'],
      asns: [199236, 203501, 43511],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'delegated-subdomain',
      how: [
        words(
          'Its onboarding sets up a sender subdomain with you: handed over by NS records, or with the CNAME, MX and TXT records it gives. Both legs then align in relaxed mode; every From domain must be set up so.',
          'Bij de ingebruikname wordt met u een afzendersubdomein ingericht: overgedragen met NS-records, of met de CNAME-, MX- en TXT-records die u krijgt. Beide benen kloppen dan relaxed; elk From-domein moet zo zijn ingericht.',
        ),
      ],
    },
    ['https://help.emarsys.com/hc/en-us/articles/360005870654'],
  ),
  sender(
    'bulk',
    ['selligent', 'Marigold Engage (Selligent)', 'https://meetmarigold.com'],
    {
      dkim: ['emsecure.net', 'slgnt.eu', 'slgnt.us'],
      returnPath: ['emsecure.net', 'slgnt.eu', 'slgnt.us'],
      reverse: ['emsecure.net', 'slgnt.eu', 'slgnt.us'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'delegated-subdomain',
      how: [
        ask(),
        words(
          'It sends from a subdomain of yours that is delegated to it or points to it: let the From be that subdomain, or its parent with relaxed alignment.',
          'De dienst verzendt vanaf een subdomein van u dat aan haar is overgedragen of naar haar wijst: gebruik dat subdomein als From, of het domein erboven met relaxed alignment.',
        ),
      ],
    },
    ['https://docs.meetmarigold.com'],
  ),
  sender(
    'bulk',
    ['salesforce-marketing-cloud', 'Salesforce Marketing Cloud Engagement', 'https://www.salesforce.com/marketing/'],
    {
      dkim: ['exacttarget.com'],
      selectors: ['##dkim1'],
      spf: ['cust-spf.exacttarget.com'],
      returnPath: ['exacttarget.com'],
      reverse: ['exacttarget.com', 'exactt.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'delegated-subdomain',
      how: [
        words(
          'With the Sender Authentication Package a subdomain is handed over by NS records or self-hosted with the records it gives: both legs align with it. A Private Domain alone gives DKIM only.',
          'Met het Sender Authentication Package wordt een subdomein overgedragen met NS-records, of zelf ingericht met de records die u krijgt: beide benen kloppen daarmee. Een Private Domain geeft alleen DKIM.',
        ),
      ],
    },
    [
      'https://help.salesforce.com/s/articleView?id=sf.mc_es_sender_authentication_package.htm&type=5',
      'dns:cust-spf.exacttarget.com?type=TXT',
    ],
  ),
  sender(
    'bulk',
    ['pardot', 'Salesforce Account Engagement (Pardot)', 'https://www.salesforce.com/marketing/b2b-automation/'],
    {
      dkim: ['pardot.com'],
      selectors: ['200608'],
      spf: ['aspmx.pardot.com', '_spf.pardot.com'],
      returnPath: ['pardot.com', 'pd25.com'],
      reverse: ['pd25.com', 'pardot.com'],
    },
    {
      shared: 'both',
      spf: 'no',
      dkim: 'txt-selectors',
      how: [at('Account Engagement Settings → Domain Management → Add New Domain'), signByTxt(), envelopeIsTheirs()],
    },
    ['https://help.salesforce.com/s/articleView?id=sf.pardot_admin_domain_management_email_sending_domains.htm&type=5'],
  ),
  sender(
    'bulk',
    ['eloqua', 'Oracle Eloqua', 'https://www.oracle.com/cx/marketing/automation/'],
    {
      dkim: ['en25.com', 'eloqua.com'],
      spf: ['_netblocks.eloqua.com'],
      returnPath: ['en25.com', 'eloqua.com'],
      reverse: ['en25.com', 'eloqua.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'delegated-subdomain',
      how: [
        words(
          'Order branding and deliverability there: a subdomain is handed over by NS records or set up with CNAME and TXT records, with a bounceback address and DKIM of its own. Both legs then align in relaxed mode.',
          'Bestel daar branding en deliverability: een subdomein wordt overgedragen met NS-records of ingericht met CNAME- en TXT-records, met een eigen bounceadres en DKIM. Beide benen kloppen dan relaxed.',
        ),
      ],
    },
    [
      'https://docs.oracle.com/en/cloud/saas/marketing/eloqua-user/Help/BrandingAndDeliverability/BrandingAndDeliverability.htm',
    ],
  ),
  sender(
    'bulk',
    ['responsys', 'Oracle Responsys', 'https://www.oracle.com/cx/marketing/campaign-management/'],
    {
      dkim: ['responsys.net', 'rsys2.com', 'rsys5.com'],
      returnPath: ['responsys.net', 'rsys2.com', 'rsys5.com'],
      reverse: ['responsys.net', 'rsys2.com', 'rsys5.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'delegated-subdomain',
      how: [
        words(
          'Ask for a branded sending domain: a subdomain handed over by NS records, or set up with the records it gives. Envelope and signature are then that subdomain.',
          'Vraag een eigen verzenddomein aan: een subdomein dat met NS-records wordt overgedragen, of ingericht met de records die u krijgt. Envelop en handtekening zijn dan dat subdomein.',
        ),
      ],
    },
    ['https://docs.oracle.com/en/cloud/saas/marketing/responsys.html'],
  ),
  sender(
    'bulk',
    ['marketo', 'Adobe Marketo Engage', 'https://business.adobe.com/products/marketo.html'],
    {
      dkim: ['mktdns.com', 'mktomail.com'],
      spf: ['mktomail.com'],
      returnPath: ['mktomail.com', 'mktdns.com'],
      reverse: ['mktomail.com', 'mktdns.com', 'mkto-ab070093.com'],
    },
    {
      shared: 'both',
      spf: 'dedicated-only',
      dkim: 'txt-selectors',
      how: [
        at('Admin → Email → SPF/DKIM'),
        signByTxt('often m1._domainkey'),
        words(
          'The envelope is its own unless you buy a branded envelope_from domain; without that an include for it does nothing for DMARC.',
          'De envelop is van de dienst, tenzij u een eigen envelope_from-domein afneemt; zonder dat helpt een include voor haar DMARC niet.',
        ),
      ],
    },
    [
      'https://experienceleague.adobe.com/en/docs/marketo/using/product-docs/email-marketing/deliverability/set-up-a-custom-dkim-signature',
      'dns:mktomail.com?type=TXT',
    ],
  ),
  sender(
    'bulk',
    ['adobe-campaign', 'Adobe Campaign', 'https://business.adobe.com/products/campaign/adobe-campaign.html'],
    { dkim: ['neolane.net'], returnPath: ['neolane.net'], reverse: ['neolane.net'] },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'delegated-subdomain',
      how: [
        at('Control Panel → Subdomains & Certificates'),
        words(
          'Hand a subdomain over with NS records, or set it up with the CNAME records it shows: envelope and signature are then that subdomain, and both legs align in relaxed mode.',
          'Draag een subdomein over met NS-records, of richt het in met de CNAME-records die daar staan: envelop en handtekening zijn dan dat subdomein, en beide benen kloppen relaxed.',
        ),
      ],
    },
    ['https://experienceleague.adobe.com/en/docs/control-panel/using/subdomains-and-certificates/subdomains-branding'],
  ),
  sender(
    'crm',
    ['hubspot', 'HubSpot', 'https://www.hubspot.com'],
    {
      dkim: ['hubspotemail.net', 'hubspot.com', 'hs-send.com'],
      selectors: ['hs1', 'hs2', 'hs1-#*', 'hs2-#*'],
      spf: ['hubspotemail.net'],
      returnPath: ['hubspotemail.net', 'hubspot.com', 'hs-send.com'],
      cname: ['dkim.hubspotemail.net'],
      reverse: ['hubspotemail.net'],
    },
    {
      shared: 'both',
      spf: 'dedicated-only',
      dkim: 'cname-selectors',
      how: [
        at('Settings → Content → Domains & URLs → Email sending'),
        signByCname('hs1 and hs2 with your number, under _domainkey'),
        words(
          'The envelope is its own; with a dedicated address or the transactional add-on it can be a subdomain of yours.',
          'De envelop is van de dienst; met een eigen adres of de transactionele uitbreiding kan het een subdomein van u zijn.',
        ),
      ],
    },
    ['https://knowledge.hubspot.com/marketing-email/manage-email-authentication-in-hubspot'],
  ),
  sender(
    'bulk',
    ['acoustic', 'Acoustic Campaign (Silverpop)', 'https://www.acoustic.com'],
    {
      dkim: ['silverpop.com', 'mkt2527.com', 'mkt41.net'],
      selectors: ['spop1024', 'spop2048'],
      returnPath: ['mkt2527.com', 'mkt41.net'],
      reverse: ['mkt2527.com', 'mkt41.net'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'txt-selectors',
      how: [
        ask(),
        words(
          'A sending subdomain gets a DKIM key (spop2048._domainkey) and an envelope below it: both legs align in relaxed mode.',
          'Een verzendsubdomein krijgt een DKIM-sleutel (spop2048._domainkey) en een envelop daaronder: beide benen kloppen relaxed.',
        ),
      ],
    },
    ['https://help.goacoustic.com/hc/en-us/sections/360008400454-Deliverability'],
  ),
  sender(
    'bulk',
    ['cheetah-digital', 'Marigold Messaging (Cheetah Digital)', 'https://meetmarigold.com'],
    {
      dkim: ['cheetahmail.com', 'chtah.net', 'chtah.com'],
      returnPath: ['cheetahmail.com', 'chtah.net', 'chtah.com'],
      reverse: ['cheetahmail.com', 'chtah.net', 'chtah.com'],
      asns: [53316],
    },
    {
      shared: 'both',
      spf: 'unknown',
      dkim: 'unknown',
      how: [
        ask(),
        words(
          'It sends from a delegated subdomain of yours: use that, or its parent with relaxed alignment, as From.',
          'De dienst verzendt vanaf een overgedragen subdomein van u: gebruik dat, of het domein erboven met relaxed alignment, als From.',
        ),
      ],
    },
    ['https://rdap.org/autnum/53316'],
  ),
  sender(
    'bulk',
    ['epsilon', 'Epsilon', 'https://www.epsilon.com'],
    {
      dkim: ['bigfootinteractive.com'],
      returnPath: ['bigfootinteractive.com'],
      reverse: ['bigfootinteractive.com', 'epsl1.com', 'epsilon.com'],
      asns: [19137, 396292],
    },
    {
      shared: 'both',
      spf: 'unknown',
      dkim: 'unknown',
      how: [
        ask(),
        words(
          'It sends from a delegated subdomain of yours: use that, or its parent with relaxed alignment, as From.',
          'De dienst verzendt vanaf een overgedragen subdomein van u: gebruik dat, of het domein erboven met relaxed alignment, als From.',
        ),
      ],
    },
    ['https://rdap.org/autnum/19137'],
  ),
  sender(
    'bulk',
    ['listrak', 'Listrak', 'https://www.listrak.com'],
    { dkim: ['listrak.com'], returnPath: ['listrak.com'], reverse: ['listrak.com'], asns: [394396] },
    {
      shared: 'both',
      spf: 'unknown',
      dkim: 'unknown',
      how: [
        ask(),
        words(
          'Its onboarding gives the records of a sending subdomain; both legs align with that in relaxed mode.',
          'Bij de ingebruikname krijgt u de records van een verzendsubdomein; beide benen kloppen daarmee relaxed.',
        ),
      ],
    },
    ['https://rdap.org/autnum/394396'],
  ),
  sender(
    'bulk',
    ['zeta', 'Zeta Global', 'https://zetaglobal.com'],
    {
      dkim: ['zetaglobal.net'],
      returnPath: ['zetaglobal.net'],
      reverse: ['zetaglobal.net', 'zetaglobal.com'],
    },
    {
      shared: 'both',
      spf: 'unknown',
      dkim: 'unknown',
      how: [
        ask(),
        words(
          'Its onboarding gives the records of a sending subdomain; both legs align with that in relaxed mode.',
          'Bij de ingebruikname krijgt u de records van een verzendsubdomein; beide benen kloppen daarmee relaxed.',
        ),
      ],
    },
    ['https://knowledgebase.zetaglobal.com'],
  ),
  sender(
    'bulk',
    ['sailthru', 'Marigold Engage+ (Sailthru)', 'https://meetmarigold.com'],
    {
      dkim: ['sailthru.com', 'sailthrudkim.com'],
      selectors: ['sailthru'],
      returnPath: ['sailthru.com'],
      cname: ['sailthrudkim.com'],
      reverse: ['sailthru.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        ask(),
        words(
          'It gives CNAME records for DKIM and for a return path below your sending domain.',
          'U krijgt CNAME-records voor DKIM en voor een return-path onder uw verzenddomein.',
        ),
      ],
    },
    ['https://getstarted.sailthru.com/email/deliverability/'],
  ),
  sender(
    'bulk',
    ['customer-io', 'Customer.io', 'https://customer.io'],
    {
      dkim: ['customeriomail.com'],
      spf: ['customeriomail.com'],
      returnPath: ['customeriomail.com'],
      cname: ['customeriomail.com'],
      reverse: ['customeriomail.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'txt-selectors',
      how: [
        at('Workspace settings → Email → Sending domains'),
        signByTxt(),
        words(
          'The MX and SPF records on the subdomain it shows make the return path yours, so that SPF aligns too.',
          'De MX- en SPF-records op het subdomein dat daar staat maken het return-path van u, zodat ook SPF klopt met uw domein.',
        ),
      ],
    },
    ['https://docs.customer.io/journeys/authentication/'],
  ),
  sender(
    'bulk',
    ['braze', 'Braze', 'https://www.braze.com'],
    { dkim: ['braze.com'], returnPath: [], reverse: ['braze.com'] },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        words(
          'Braze sends by SendGrid, SparkPost or Amazon SES, and is recognised as those. Its onboarding sets up IPs and a subdomain with you: publish the CNAME and TXT records it gives, and both legs align in relaxed mode.',
          'Braze verzendt via SendGrid, SparkPost of Amazon SES en wordt als die dienst herkend. Bij de ingebruikname worden adressen en een subdomein ingericht: publiceer de CNAME- en TXT-records die u krijgt, en beide benen kloppen relaxed.',
        ),
      ],
    },
    ['https://www.braze.com/docs/user_guide/message_building_by_channel/email/email_setup/setting_up_ips_and_domains/'],
  ),
  sender(
    'bulk',
    ['bloomreach', 'Bloomreach Engagement', 'https://www.bloomreach.com'],
    { dkim: ['exponea.com'], returnPath: ['exponea.com'], reverse: ['exponea.com'] },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        words(
          'Ask its deliverability team for the records of a sending subdomain; it sends by Mailgun, Mailjet or another relay and is then recognised as that.',
          'Vraag het deliverability-team om de records van een verzendsubdomein; de dienst verzendt via Mailgun, Mailjet of een andere relay en wordt dan als die herkend.',
        ),
      ],
    },
    ['https://documentation.bloomreach.com/engagement/docs/email-deliverability-setup'],
  ),
  sender(
    'bulk',
    ['benchmark-email', 'Benchmark Email', 'https://www.benchmarkemail.com'],
    {
      dkim: ['bmsend.com', 'benchmarkemail.com'],
      selectors: ['bmdeda'],
      spf: ['bmsend.com'],
      returnPath: ['bmsend.com', 'benchmarkemail.com'],
      reverse: ['bmsend.com', 'benchmarkemail.com'],
    },
    {
      shared: true,
      spf: 'no',
      dkim: 'cname-selectors',
      how: [at('Account settings → Domain authentication'), signByCname('bmdeda._domainkey'), envelopeIsTheirs()],
    },
    [
      'https://nl.support.powerdmarc.com/support/solutions/articles/60000702625-how-to-set-up-spf-for-benchmark-',
      'dns:bmsend.com?type=TXT',
    ],
  ),
  sender(
    'bulk',
    ['icontact', 'iContact', 'https://www.icontact.com'],
    {
      dkim: ['icontact.com', 'icpbounce.com'],
      spf: ['icpbounce.com'],
      returnPath: ['icpbounce.com'],
      reverse: ['icpbounce.com'],
    },
    {
      shared: true,
      spf: 'no',
      dkim: 'txt-selectors',
      how: [at('Settings and billing → Sending domains'), signByTxt(), envelopeIsTheirs()],
    },
    ['dns:icpbounce.com?type=TXT'],
  ),
  sender(
    'bulk',
    ['emma', 'Marigold Emma', 'https://myemma.com'],
    {
      dkim: ['e2ma.net'],
      selectors: ['e2ma-k1', 'e2ma-k2', 'e2ma-k3'],
      spf: ['e2ma.net'],
      returnPath: ['e2ma.net'],
      cname: ['e2ma.net'],
      reverse: ['e2ma.net'],
    },
    {
      shared: true,
      spf: 'no',
      dkim: 'cname-selectors',
      how: [
        at('Settings → Email authentication'),
        signByCname('e2ma-k1, e2ma-k2 and e2ma-k3 under _domainkey'),
        envelopeIsTheirs(),
      ],
    },
    ['dns:e2ma.net?type=TXT'],
  ),
  sender(
    'bulk',
    ['keap', 'Keap (Infusionsoft)', 'https://keap.com'],
    {
      dkim: ['infusionmail.com'],
      spf: ['infusionmail.com'],
      returnPath: ['infusionmail.com'],
      cname: ['infusionmail.com'],
      reverse: ['infusionmail.com'],
    },
    {
      shared: true,
      spf: 'no',
      dkim: 'cname-selectors',
      how: [at('Settings → Domains → Email authentication'), signByCname(), envelopeIsTheirs()],
    },
    ['dns:infusionmail.com?type=TXT'],
  ),
  sender(
    'bulk',
    ['ontraport', 'Ontraport', 'https://ontraport.com'],
    { dkim: ['ontramail.com'], spf: ['ontramail.com'], returnPath: ['ontramail.com'], reverse: ['ontramail.com'] },
    {
      shared: true,
      spf: 'no',
      dkim: 'cname-selectors',
      how: [at('Administration → Email → Sending domains'), signByCname(), envelopeIsTheirs()],
    },
    ['dns:ontramail.com?type=TXT'],
  ),
  sender(
    'bulk',
    ['kit', 'Kit (ConvertKit)', 'https://kit.com'],
    {
      dkim: ['convertkit-mail.com', 'convertkit-mail2.com', 'convertkit-mail3.com'],
      selectors: ['cka', 'cka2'],
      returnPath: ['convertkit-mail.com', 'convertkit-mail2.com', 'convertkit-mail3.com'],
      envelopeLabels: ['ckespa'],
      cname: ['convertkit.com'],
      reverse: ['convertkit-mail.com', 'convertkit-mail2.com', 'convertkit-mail3.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [at('Settings → Email → Verified sending domains'), signByCname('cka._domainkey'), returnByCname('ckespa')],
    },
    ['https://help.kit.com/en/articles/2502672-how-to-set-up-a-verified-sending-domain'],
  ),
  sender(
    'bulk',
    ['beehiiv', 'beehiiv', 'https://www.beehiiv.com'],
    { dkim: ['beehiiv.com'], returnPath: ['beehiiv.com'], reverse: ['beehiiv.com'] },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [at('Settings → Domains → Custom sending domain'), signByCname(), returnByCname()],
    },
    ['https://www.beehiiv.com/support'],
  ),
  sender(
    'bulk',
    ['substack', 'Substack', 'https://substack.com'],
    { dkim: ['substack.com'], returnPath: ['substack.com'], reverse: ['substack.com'] },
    {
      shared: true,
      spf: 'no',
      dkim: 'no',
      how: [
        words(
          'It sends from its own addresses only; nothing has to be set up, and nothing of it should appear in your name.',
          'De dienst verzendt alleen vanaf eigen adressen: er valt niets in te stellen, en namens u hoort er niets van te verschijnen.',
        ),
      ],
    },
    ['https://support.substack.com'],
  ),
  sender(
    'bulk',
    ['govdelivery', 'Granicus govDelivery', 'https://granicus.com'],
    {
      dkim: ['govdelivery.com', 'public.govdelivery.com'],
      spf: ['service.govdelivery.com'],
      returnPath: ['govdelivery.com'],
      reverse: ['govdelivery.com'],
    },
    {
      shared: true,
      spf: 'unknown',
      dkim: 'unknown',
      how: [
        ask(),
        words(
          'It then signs as your domain with a key you publish; the envelope stays its own.',
          'De dienst ondertekent dan als uw domein met een sleutel die u publiceert; de envelop blijft van de dienst.',
        ),
      ],
    },
    ['dns:service.govdelivery.com?type=TXT'],
  ),
  sender(
    'bulk',
    ['zoho-campaigns', 'Zoho Campaigns', 'https://www.zoho.com/campaigns/'],
    {
      dkim: ['zcsend.net', 'zcmail.net'],
      spf: ['zcsend.net'],
      returnPath: ['zcsend.net', 'zcmail.net'],
      reverse: ['zcsend.net', 'zcmail.net'],
    },
    {
      shared: 'both',
      spf: 'no',
      dkim: 'txt-selectors',
      how: [at('Settings → Deliverability → Domain authentication'), signByTxt(), envelopeIsTheirs()],
    },
    ['https://help.zoho.com/portal/en/kb/campaigns/user-guide/domain-authentication', 'dns:zcsend.net?type=TXT'],
  ),
  sender(
    'bulk',
    ['sender-net', 'Sender', 'https://www.sender.net'],
    {
      dkim: ['sendersrv.com', 'sender.net'],
      spf: ['sendersrv.com'],
      returnPath: ['sendersrv.com'],
      cname: ['sendersrv.com'],
      reverse: ['sendersrv.com', 'sender.net'],
    },
    {
      shared: 'both',
      spf: 'no',
      dkim: 'cname-selectors',
      how: [at('Settings → Domains'), signByCname('sender._domainkey'), envelopeIsTheirs()],
    },
    ['https://help.sender.net', 'dns:sendersrv.com?type=TXT'],
  ),
  sender(
    'bulk',
    ['sendpulse', 'SendPulse', 'https://sendpulse.com'],
    {
      dkim: ['sendpulse.com'],
      spf: ['mxsspf.sendpulse.com'],
      returnPath: ['sendpulse.com'],
      reverse: ['sendpulse.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'txt-selectors',
      how: [
        at('Service settings → Domains and senders'),
        signByTxt('sign._domainkey'),
        includeIt('mxsspf.sendpulse.com'),
      ],
    },
    ['https://sendpulse.com/knowledge-base/email-service/authentication', 'dns:mxsspf.sendpulse.com?type=TXT'],
  ),
  sender(
    'bulk',
    ['moosend', 'Moosend', 'https://moosend.com'],
    { dkim: ['mailendo.com'], spf: ['spf.mailendo.com'], returnPath: ['mailendo.com'], reverse: ['mailendo.com'] },
    {
      shared: 'both',
      spf: 'no',
      dkim: 'txt-selectors',
      how: [at('Settings → Senders → Verify'), signByTxt('ms._domainkey'), envelopeIsTheirs()],
    },
    ['https://help.moosend.com', 'dns:spf.mailendo.com?type=TXT'],
  ),
  sender(
    'bulk',
    ['everlytic', 'Everlytic', 'https://www.everlytic.com'],
    {
      dkim: ['everlytic.com', 'eversrv.com'],
      selectors: ['everlytickey1', 'everlytickey2'],
      returnPath: ['eversrv.com'],
      envelopeLabels: ['eversrv'],
      cname: ['eversrv.com'],
      reverse: ['eversrv.com'],
    },
    {
      shared: 'both',
      spf: 'no',
      dkim: 'cname-selectors',
      how: [ask(), signByCname('everlytickey1._domainkey and everlytickey2._domainkey'), envelopeIsTheirs()],
    },
    ['https://www.everlytic.com'],
  ),
];
