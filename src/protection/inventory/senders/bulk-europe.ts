// long because: data. Services for newsletters and campaigns of Dutch and other European makers.
import {
  ask,
  askWhether,
  at,
  envelopeIsTheirs,
  returnByCname,
  sender,
  signByCname,
  signByTxt,
  words,
} from './define.ts';
import type { Advice, Sender } from './model.ts';

const subdomainByThem: Advice = words(
  'Its helpdesk sets up a sending subdomain with you and gives the records for it: use that subdomain, or its parent with relaxed alignment, as From.',
  'De helpdesk richt met u een verzendsubdomein in en geeft de records daarvoor: gebruik dat subdomein, of het domein erboven met relaxed alignment, als From.',
);

export const bulkEurope: readonly Sender[] = [
  sender(
    'bulk',
    ['copernica', 'Copernica Marketing Suite', 'https://www.copernica.com'],
    {
      dkim: ['copernica.com', 'copernica.net', 'cpnc.nl'],
      returnPath: ['copernica.com', 'copernica.net'],
      reverse: ['copernica.com', 'copernica.net'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        at('Configuration → Sender domains'),
        words(
          'Publish every record it shows: CNAMEs for DKIM (it rotates the keys) and a bounce subdomain with an SPF record of its own. It adds a second signature as copernica.com, which counts for nothing.',
          'Publiceer alle records die daar staan: CNAMEs voor DKIM (de dienst wisselt de sleutels) en een bouncesubdomein met een eigen SPF-record. De tweede handtekening, van copernica.com, telt niet mee.',
        ),
      ],
    },
    [
      'https://www.copernica.com/en/documentation/setup-sender-domain',
      'https://www.copernica.com/en/documentation/dkim',
    ],
  ),
  sender(
    'bulk',
    ['spotler-mailpro', 'Spotler Mail+ and MailPro (MailPlus)', 'https://spotler.com'],
    {
      dkim: ['mailplus.nl', 'spotler.com', 'spotlermail.com'],
      returnPath: ['mailplus.nl', 'spotler.com', 'spotlermail.com'],
      reverse: ['mailplus.nl', 'spotler.com', 'spotlermail.com'],
      asns: [51514, 49509],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        at('Settings → Security → Deliverability'),
        words(
          'Each sender domain has instructions behind its right mouse menu: publish the records for DKIM and for the return path that are listed there.',
          'Elk afzenderdomein heeft daar instructies onder de rechtermuisknop: publiceer de records voor DKIM en het return-path die daar staan.',
        ),
      ],
    },
    [
      'https://helpcenter.spotler.nl/hc/en-us/articles/360010856139-How-do-I-set-up-DMARC',
      'https://mailpro.spotler.help/hc/en-gb/articles/15120102252690-How-to-make-my-Sender-address-SPF-DKIM-DMARC-compliant',
    ],
  ),
  sender(
    'bulk',
    ['spotler-uk', 'Spotler UK (GatorMail)', 'https://spotler.co.uk'],
    { dkim: ['gatormail.co.uk'], returnPath: ['gatormail.co.uk'], reverse: ['gatormail.co.uk'] },
    { shared: 'both', spf: 'unknown', dkim: 'unknown', how: [subdomainByThem] },
    ['https://spotler.co.uk'],
  ),
  sender(
    'bulk',
    ['tripolis', 'Tripolis Dialogue', 'https://www.tripolis.com'],
    { dkim: ['tripolis.com'], returnPath: ['tripolis.com'], reverse: ['tripolis.com'] },
    { shared: 'both', spf: 'unknown', dkim: 'unknown', how: [subdomainByThem] },
    ['https://www.tripolis.com'],
  ),
  sender(
    'bulk',
    ['laposta', 'Laposta', 'https://laposta.nl'],
    {
      dkim: ['laposta.nl', 'eprov.eu'],
      returnPath: ['laposta.nl', 'eprov.eu'],
      cname: ['eprov.eu'],
      reverse: ['laposta.nl', 'eprov.eu'],
    },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        at('Instellingen → Authenticatie → Toon instructies'),
        words(
          'Publish the records it shows for each domain, and then press Activeren: without that nothing changes.',
          'Publiceer de records die daar per domein staan, en druk daarna op Activeren: zonder dat verandert er niets.',
        ),
      ],
    },
    [
      'https://docs.laposta.nl/article/332-authenticatie-van-uw-domeinen',
      'https://docs.laposta.nl/article/1082-stap-voor-stap-je-domein-authenticeren',
    ],
  ),
  sender(
    'bulk',
    ['deployteq', 'Deployteq (Clang)', 'https://deployteq.com'],
    {
      dkim: ['deployteq.net', 'myclang.com'],
      returnPath: ['deployteq.net', 'myclang.com'],
      reverse: ['deployteq.net', 'myclang.com'],
    },
    { shared: 'both', spf: 'unknown', dkim: 'unknown', how: [subdomainByThem] },
    ['https://deployteq.com', 'https://secure.myclang.com'],
  ),
  sender(
    'bulk',
    ['webpower', 'Webpower (DMdelivery)', 'https://www.webpower.eu'],
    { dkim: ['dmdelivery.com'], returnPath: ['dmdelivery.com'], reverse: ['dmdelivery.com'] },
    { shared: 'both', spf: 'unknown', dkim: 'unknown', how: [subdomainByThem] },
    ['https://www.webpower.eu'],
  ),
  sender(
    'bulk',
    ['mailcampaigns', 'MailCampaigns', 'https://www.mailcampaigns.nl'],
    {
      dkim: ['mailcampaigns.nl'],
      spf: ['spf.mailcampaigns.nl'],
      returnPath: ['mailcampaigns.nl'],
      reverse: ['mailcampaigns.nl'],
    },
    { shared: 'both', spf: 'include', dkim: 'unknown', how: [subdomainByThem] },
    ['dns:spf.mailcampaigns.nl?type=TXT'],
  ),
  sender(
    'bulk',
    ['mailcamp', 'MailCamp', 'https://www.mailcamp.nl'],
    { dkim: ['mailcamp.nl'], returnPath: ['mailcamp.nl'], reverse: ['mailcamp.nl'] },
    { shared: 'both', spf: 'unknown', dkim: 'unknown', how: [askWhether()] },
    ['https://mailcamp2.zendesk.com/hc/nl/articles/33767372144401'],
  ),
  sender(
    'bulk',
    ['enormail', 'Enormail', 'https://enormail.nl'],
    { dkim: ['enormail.eu', 'enormail.nl'], returnPath: ['enormail.eu'], reverse: ['enormail.eu', 'enormail.nl'] },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [at('Instellingen → Afzenders en domeinen'), signByCname()],
    },
    ['https://support.enormail.nl'],
  ),
  sender(
    'bulk',
    ['mailblue', 'MailBlue', 'https://www.mailblue.nl'],
    { dkim: ['mailblue.nl'], returnPath: ['mailblue.nl'], reverse: ['mailblue.nl'] },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        words(
          'It is ActiveCampaign under a Dutch name, and is mostly recognised as that. Set it up under Settings → Advanced, with the CNAMEs acdkim1._domainkey and acdkim2._domainkey and a mailserver domain.',
          'Het is ActiveCampaign onder een Nederlandse naam en wordt meestal zo herkend. Stel het in onder Instellingen → Geavanceerd, met de CNAMEs acdkim1._domainkey en acdkim2._domainkey en een mailserverdomein.',
        ),
      ],
    },
    ['https://www.mailblue.nl'],
  ),
  sender(
    'bulk',
    ['e-village', 'E-Village', 'https://www.e-village.nl'],
    { dkim: ['e-village.nl'], returnPath: ['e-village.nl'], reverse: ['e-village.nl'] },
    { shared: 'both', spf: 'unknown', dkim: 'unknown', how: [subdomainByThem] },
    ['https://www.e-village.nl'],
  ),
  sender(
    'bulk',
    ['actito', 'Actito', 'https://www.actito.com'],
    {
      dkim: ['actito.com', 'actito.be'],
      returnPath: ['actito.com', 'actito.be'],
      reverse: ['actito.com', 'actito.be'],
    },
    { shared: 'both', spf: 'unknown', dkim: 'unknown', how: [subdomainByThem] },
    ['https://www.actito.com'],
  ),
  sender(
    'bulk',
    ['flexmail', 'Flexmail', 'https://flexmail.be'],
    {
      dkim: ['flexmail.eu', 'flexmail.be'],
      returnPath: ['flexmail.eu', 'flexmail.be'],
      reverse: ['flexmail.eu', 'flexmail.be'],
    },
    {
      shared: true,
      spf: 'no',
      dkim: 'txt-selectors',
      how: [at('Settings → Sender domains'), signByTxt(), envelopeIsTheirs()],
    },
    ['https://help.flexmail.be'],
  ),
  sender(
    'bulk',
    ['inxmail', 'Inxmail', 'https://www.inxmail.com'],
    {
      dkim: ['inxserver.de', 'inxserver.com', 'inxmail.de'],
      returnPath: ['inxserver.de', 'inxserver.com'],
      reverse: ['inxserver.de', 'inxserver.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'delegated-subdomain',
      how: [
        words(
          'A mail domain is set up with it: a subdomain handed over by NS records, or with the MX, TXT and CNAME records it gives. Envelope and signature are then that domain.',
          'Met de dienst wordt een maildomein ingericht: een subdomein overgedragen met NS-records, of met de MX-, TXT- en CNAME-records die u krijgt. Envelop en handtekening zijn dan dat domein.',
        ),
      ],
    },
    ['https://help.inxmail.com'],
  ),
  sender(
    'bulk',
    ['cleverreach', 'CleverReach', 'https://www.cleverreach.com'],
    {
      dkim: ['crsend.com', 'cleverreach.com'],
      spf: ['spf.crsend.com'],
      returnPath: ['crsend.com'],
      cname: ['crsend.com'],
      reverse: ['crsend.com', 'cleverreach.com'],
      networks: ['178.77.121.128/26'],
    },
    {
      shared: 'both',
      spf: 'no',
      dkim: 'txt-selectors',
      how: [at('My account → Settings → Sender domains'), signByTxt(), envelopeIsTheirs()],
    },
    ['https://support.cleverreach.de', 'dns:spf.crsend.com?type=TXT'],
  ),
  sender(
    'bulk',
    ['rapidmail', 'rapidmail', 'https://www.rapidmail.com'],
    {
      dkim: ['rapidmail.de', 'rapidmail.com', 'emailsys1a.net', 'emailsys2a.net'],
      returnPath: ['emailsys1a.net', 'emailsys2a.net', 'rapidmail.de'],
      reverse: ['emailsys1a.net', 'emailsys2a.net', 'rapidmail.de'],
    },
    {
      shared: true,
      spf: 'no',
      dkim: 'cname-selectors',
      how: [at('Settings → Sender domains'), signByCname(), envelopeIsTheirs()],
    },
    ['https://www.rapidmail.com/knowledge-base'],
  ),
  sender(
    'bulk',
    ['optimizely-campaign', 'Optimizely Campaign (optivo, Episerver)', 'https://www.optimizely.com'],
    { dkim: ['srv2.de'], returnPath: ['srv2.de'], reverse: ['srv2.de'], asns: [41821] },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'delegated-subdomain',
      how: [
        ask(),
        words(
          'A subdomain is handed over to it, or the records it gives are published there; envelope and signature are then that subdomain.',
          'Een subdomein wordt aan de dienst overgedragen, of de records die u krijgt worden daar gepubliceerd; envelop en handtekening zijn dan dat subdomein.',
        ),
      ],
    },
    ['https://support.optimizely.com/hc/en-us/categories/4413191983501-Campaign', 'https://rdap.org/autnum/41821'],
  ),
  sender(
    'bulk',
    ['mapp', 'Mapp Cloud', 'https://mapp.com'],
    { dkim: ['mapp.com', 'mappdigital.com'], returnPath: ['mapp.com'], reverse: ['mapp.com'] },
    { shared: 'both', spf: 'unknown', dkim: 'unknown', how: [subdomainByThem] },
    ['https://docs.mapp.com'],
  ),
  sender(
    'bulk',
    ['agnitas', 'AGNITAS EMM', 'https://www.agnitas.de'],
    { dkim: ['agnitas.de'], returnPath: ['agnitas.de'], reverse: ['agnitas.de'] },
    { shared: 'both', spf: 'unknown', dkim: 'unknown', how: [subdomainByThem] },
    ['https://www.agnitas.de'],
  ),
  sender(
    'bulk',
    ['artegic', 'artegic ELAINE', 'https://www.artegic.com'],
    {
      dkim: ['artegic.com', 'elaine-asp.de'],
      returnPath: ['artegic.com', 'elaine-asp.de'],
      reverse: ['artegic.com', 'elaine-asp.de'],
    },
    { shared: 'both', spf: 'unknown', dkim: 'unknown', how: [subdomainByThem] },
    ['https://www.artegic.com'],
  ),
  sender(
    'bulk',
    ['mailingwork', 'mailingwork', 'https://mailingwork.de'],
    { dkim: ['sendnode.com', 'mailingwork.de'], returnPath: ['sendnode.com'], reverse: ['sendnode.com'] },
    { shared: 'both', spf: 'unknown', dkim: 'unknown', how: [subdomainByThem] },
    ['https://mailingwork.de'],
  ),
  sender(
    'bulk',
    ['apsis', 'Efficy Apsis', 'https://www.apsis.com'],
    { dkim: ['anpdm.com', 'apsis.com'], returnPath: ['anpdm.com'], reverse: ['anpdm.com'] },
    {
      shared: 'both',
      spf: 'no',
      dkim: 'cname-selectors',
      how: [at('Account settings → Domains'), signByCname(), envelopeIsTheirs()],
    },
    ['https://help.apsis.one'],
  ),
  sender(
    'bulk',
    ['rule', 'Rule', 'https://www.rule.io'],
    {
      dkim: ['rule.se', 'rule.io'],
      returnPath: ['rule.io'],
      reverse: ['rule.io'],
    },
    {
      shared: true,
      spf: 'unknown',
      dkim: 'unknown',
      how: [at('Settings → Sending domains'), signByCname(), returnByCname()],
    },
    ['https://www.rule.io'],
  ),
  sender(
    'bulk',
    ['ungapped', 'Ungapped', 'https://www.ungapped.com'],
    { dkim: ['ungapped.com'], returnPath: ['ungapped.com'], reverse: ['ungapped.com'] },
    {
      shared: true,
      spf: 'unknown',
      dkim: 'unknown',
      how: [at('Settings → Domains'), signByCname(), returnByCname()],
    },
    ['https://www.ungapped.com'],
  ),
  sender(
    'bulk',
    ['mailup', 'MailUp', 'https://www.mailup.com'],
    {
      dkim: ['mailup.com'],
      returnPath: ['mailup.com'],
      reverse: ['mailup.com'],
    },
    {
      shared: 'both',
      spf: 'no',
      dkim: 'cname-selectors',
      how: [at('Settings → Account settings → Verified senders'), signByCname(), envelopeIsTheirs()],
    },
    ['https://help.mailup.com'],
  ),
  sender(
    'bulk',
    ['magnews', 'Magnews', 'https://www.magnews.com'],
    { dkim: ['magnews.it', 'magnews.com'], returnPath: ['magnews.it'], reverse: ['magnews.it'] },
    { shared: 'both', spf: 'unknown', dkim: 'unknown', how: [subdomainByThem] },
    ['https://www.magnews.com'],
  ),
  sender(
    'bulk',
    ['sarbacane', 'Sarbacane', 'https://www.sarbacane.com'],
    {
      dkim: ['sarbacane.com', 'tipimail.com'],
      returnPath: ['sarbacane.com', 'tipimail.com'],
      reverse: ['sarbacane.com', 'tipimail.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [at('Settings → Domains'), signByCname(), returnByCname()],
    },
    ['https://help.sarbacane.com'],
  ),
  sender(
    'bulk',
    ['splio', 'Splio', 'https://splio.com'],
    { dkim: ['splio.com'], returnPath: ['splio.com'], reverse: ['splio.com'] },
    { shared: 'both', spf: 'unknown', dkim: 'unknown', how: [subdomainByThem] },
    ['https://splio.com'],
  ),
  sender(
    'bulk',
    ['mailkit', 'Mailkit (Omnivery)', 'https://www.mailkit.com'],
    {
      dkim: ['mailkit.eu', 'mailkit.com'],
      selectors: ['mailkit'],
      spf: ['mailkit.eu'],
      returnPath: ['mailkit.eu'],
      reverse: ['mailkit.eu'],
      asns: [203376],
    },
    { shared: 'both', spf: 'include', dkim: 'txt-selectors', how: [ask(), signByTxt('mailkit._domainkey')] },
    ['dns:spf.mailkit.eu?type=TXT', 'https://rdap.org/autnum/203376'],
  ),
  sender(
    'bulk',
    ['freshmail', 'FreshMail', 'https://freshmail.com'],
    {
      dkim: ['freshmail.com', 'freshmail.pl'],
      returnPath: ['freshmail.pl', 'freshmail.com'],
      reverse: ['freshmail.pl', 'freshmail.com'],
    },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [at('Settings → Sender authorization'), signByCname(), returnByCname()],
    },
    ['https://freshmail.com/help'],
  ),
  sender(
    'bulk',
    ['newsman', 'Newsman', 'https://www.newsman.com'],
    {
      dkim: ['newsmanapp.com', 'newsman.com'],
      returnPath: ['newsmanapp.com'],
      reverse: ['newsmanapp.com', 'newsman.com'],
    },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [at('Settings → Sending domains'), signByCname()],
    },
    ['https://kb.newsman.com'],
  ),
  sender(
    'bulk',
    ['ometria', 'Ometria', 'https://ometria.com'],
    {
      dkim: ['ometria.email', 'ometria.com'],
      returnPath: ['ometria.email'],
      reverse: ['ometria.email', 'ometria.com'],
    },
    { shared: 'both', spf: 'unknown', dkim: 'unknown', how: [subdomainByThem] },
    ['https://support.ometria.com'],
  ),
  sender(
    'bulk',
    ['poppulo', 'Poppulo (Newsweaver)', 'https://www.poppulo.com'],
    {
      dkim: ['newsweaver.com', 'poppulo.com', 'nw027.com'],
      returnPath: ['newsweaver.com', 'poppulo.com', 'nw027.com'],
      reverse: ['newsweaver.com', 'poppulo.com', 'nw027.com'],
    },
    {
      shared: 'both',
      spf: 'unknown',
      dkim: 'unknown',
      how: [askWhether()],
    },
    ['https://www.poppulo.com'],
  ),
  sender(
    'bulk',
    ['ymlp', 'YMLP (Your Mailing List Provider)', 'https://www.ymlp.com'],
    {
      dkim: ['ymlp.com', 'ymlpsrv.net'],
      returnPath: ['ymlp.com', 'ymlpsrv.net'],
      reverse: ['ymlp.com', 'ymlpsrv.net'],
    },
    {
      shared: true,
      spf: 'no',
      dkim: 'txt-selectors',
      how: [at('Configuration → Sender authentication'), signByTxt(), envelopeIsTheirs()],
    },
    ['https://www.ymlp.com'],
  ),
];
