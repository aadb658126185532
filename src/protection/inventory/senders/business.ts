// long because: data. Software that mails for its customers beside what it is for: customers, tickets, staff.
import {
  askWhether,
  at,
  envelopeIsTheirs,
  includeIt,
  returnByCname,
  sender,
  signByCname,
  signByTxt,
  words,
} from './define.ts';
import type { Advice, Sender } from './model.ts';

/** Many let the customer's own mail system send: then nothing of the service is seen at all. */
const throughYourOwn: Advice = words(
  'Or let it send through your own mail system (SMTP, Microsoft 365 or Google Workspace), so that it signs and sends as the rest of your mail.',
  'Of laat haar via uw eigen mailsysteem verzenden (SMTP, Microsoft 365 of Google Workspace), zodat zij ondertekent en verzendt zoals de rest van uw mail.',
);

export const business: readonly Sender[] = [
  sender(
    'crm',
    ['salesforce', 'Salesforce', 'https://www.salesforce.com'],
    {
      dkim: ['salesforce.com'],
      spf: ['_spf.salesforce.com', '_spf.mta.salesforce.com'],
      returnPath: ['salesforce.com'],
      cname: ['custdkim.salesforce.com'],
      reverse: ['salesforce.com'],
      asns: [14340],
    },
    {
      shared: true,
      spf: 'include',
      dkim: 'cname-selectors',
      how: [
        at('Setup → Email → DKIM Keys'),
        signByCname('two selectors you name, to custdkim.salesforce.com'),
        words(
          'Under Deliverability, with bounce management off, the envelope is the sender’s own address and include:_spf.salesforce.com makes SPF align; with it on the envelope is Salesforce’s.',
          'Staat bounce management onder Deliverability uit, dan is de envelop het adres van de afzender en laat include:_spf.salesforce.com SPF kloppen; staat het aan, dan is de envelop van Salesforce.',
        ),
      ],
    },
    [
      'https://help.salesforce.com/s/articleView?id=sf.emailadmin_create_secure_dkim.htm&type=5',
      'dns:_spf.salesforce.com?type=TXT',
    ],
  ),
  sender(
    'crm',
    ['dynamics-365-marketing', 'Microsoft Dynamics 365 Customer Insights', 'https://dynamics.microsoft.com'],
    {
      dkim: ['dynamics.com'],
      spf: ['spf.dynmktg.com'],
      returnPath: ['dynmktg.com', 'dynamics.com'],
      cname: ['dynmktg.com'],
      reverse: ['dynmktg.com', 'dynamics.com'],
    },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        at('Settings → Email marketing → Domain authentication'),
        signByCname(),
        returnByCname('the envelope-from domain it offers'),
      ],
    },
    ['https://learn.microsoft.com/en-us/dynamics365/customer-insights/journeys/domain-authentication'],
  ),
  sender(
    'crm',
    ['zoho-crm', 'Zoho CRM', 'https://www.zoho.com/crm/'],
    {
      dkim: ['zohocrm.com'],
      spf: ['zcrm.zoho.com', 'one.zoho.com'],
      returnPath: ['zohocrm.com'],
      reverse: ['zohocrm.com'],
    },
    {
      shared: true,
      spf: 'include',
      dkim: 'txt-selectors',
      how: [at('Setup → Channels → Email → Email authentication'), signByTxt(), includeIt('one.zoho.com')],
    },
    ['https://help.zoho.com/portal/en/kb/crm/faqs/email-management'],
  ),
  sender(
    'crm',
    ['pipedrive', 'Pipedrive', 'https://www.pipedrive.com'],
    {
      dkim: ['pipedrive.com'],
      returnPath: ['pipedrive.com'],
      reverse: ['pipedrive.com'],
    },
    {
      shared: true,
      spf: 'no',
      dkim: 'cname-selectors',
      how: [
        words(
          'Mail of users goes through their own mailbox when that is synchronised. For Campaigns, verify the domain under Settings → Domains and publish the CNAME records it shows.',
          'Mail van gebruikers gaat via hun eigen mailbox als die gekoppeld is. Voor Campaigns verifieert u het domein onder Instellingen → Domeinen en publiceert u de CNAME-records die daar staan.',
        ),
      ],
    },
    ['https://support.pipedrive.com'],
  ),
  sender(
    'crm',
    ['teamleader', 'Teamleader', 'https://www.teamleader.eu'],
    {
      dkim: ['teamleader.eu', 'teamleader.be'],
      returnPath: ['teamleader.eu', 'teamleader.be'],
      reverse: ['teamleader.eu', 'teamleader.be'],
    },
    {
      shared: true,
      spf: 'include',
      dkim: 'txt-selectors',
      how: [at('Settings → E-mail → Domains'), signByTxt(), throughYourOwn],
    },
    ['https://support.focus.teamleader.eu'],
  ),
  sender(
    'crm',
    ['afas', 'AFAS Online', 'https://www.afas.nl'],
    {
      dkim: ['afas.online', 'afasonline.nl', 'afas.nl'],
      spf: ['spf.afas.online'],
      returnPath: ['afas.online', 'afasonline.nl'],
      reverse: ['afas.online', 'afasonline.nl'],
    },
    {
      shared: true,
      spf: 'include',
      dkim: 'cname-selectors',
      how: [
        words(
          'In AFAS Profit, under the conditions of the AFAS Online mail server, see for each sender domain what is still missing, and set up DKIM with the records shown there.',
          'In AFAS Profit staat bij de voorwaarden van de AFAS Online-mailserver per afzenderdomein wat nog ontbreekt; richt DKIM in met de records die daar staan.',
        ),
        includeIt('spf.afas.online'),
        throughYourOwn,
      ],
    },
    [
      'https://help.afas.nl/help/en/se/Bas_Output_E-mail_AOL.htm',
      'https://autospf.com/blog/configure-spf-dkim-afas-online-complete-setup-guide-by-autospf',
      'dns:spf.afas.online?type=TXT',
    ],
  ),
  sender(
    'finance',
    ['exact', 'Exact Online', 'https://www.exact.com'],
    {
      dkim: ['exactonline.nl', 'exactonline.com', 'exact.com'],
      spf: ['_spf.exactonline.nl'],
      returnPath: ['exactonline.nl', 'exactonline.com'],
      reverse: ['exactonline.nl', 'exactonline.com', 'exact.com'],
    },
    {
      shared: true,
      spf: 'include',
      dkim: 'cname-selectors',
      how: [
        words(
          'Set up a sender domain in its company settings for e-mail and publish the DKIM and SPF records it shows.',
          'Stel in de bedrijfsinstellingen voor e-mail een afzenderdomein in en publiceer de DKIM- en SPF-records die daar staan.',
        ),
        throughYourOwn,
      ],
    },
    ['https://support.exactonline.com', 'dns:_spf.exactonline.nl?type=TXT'],
  ),
  sender(
    'crm',
    ['blackbaud', 'Blackbaud', 'https://www.blackbaud.com'],
    {
      dkim: ['blackbaud.com', 'blackbaud.net'],
      spf: ['outboundmail.blackbaud.net', 'outboundmail.convio.net'],
      returnPath: ['blackbaud.com', 'blackbaud.net', 'convio.net'],
      reverse: ['blackbaud.com', 'blackbaud.net', 'convio.net'],
    },
    { shared: true, spf: 'unknown', dkim: 'unknown', how: [askWhether()] },
    ['https://docs.blackbaud.com/email-resource-center/faqs/best-practices-faq'],
  ),
  sender(
    'crm',
    ['outreach', 'Outreach', 'https://www.outreach.io'],
    { dkim: ['outreach.io'], returnPath: ['outreach.io'], reverse: ['outreach.io'] },
    {
      shared: true,
      spf: 'own-envelope',
      dkim: 'own-key',
      how: [
        words(
          'It sends through the mailbox of each user (Microsoft 365 or Google Workspace), which signs: nothing has to be set up for it in the DNS.',
          'De dienst verzendt via de mailbox van elke gebruiker (Microsoft 365 of Google Workspace), die ondertekent: in de DNS hoeft er niets voor te worden ingericht.',
        ),
      ],
    },
    ['https://support.outreach.io'],
  ),
  sender(
    'ticketing',
    ['zendesk', 'Zendesk', 'https://www.zendesk.com'],
    {
      dkim: ['zendesk.com', 'zdsys.com'],
      selectors: ['zendesk1', 'zendesk2'],
      spf: ['mail.zendesk.com'],
      returnPath: ['zendesk.com', 'zdsys.com'],
      cname: ['zendesk.com'],
      reverse: ['zdsys.com', 'zendesk.com'],
      asns: [61186, 21880],
    },
    {
      shared: true,
      spf: 'include',
      dkim: 'cname-selectors',
      how: [
        at('Admin Center → Channels → Email → Settings, and tick "Enable custom domain for DKIM"'),
        signByCname('zendesk1._domainkey and zendesk2._domainkey'),
        includeIt('mail.zendesk.com'),
      ],
    },
    [
      'https://support.zendesk.com/hc/en-us/articles/4408832543770-Allowing-Zendesk-to-send-email-on-behalf-of-your-email-domain',
      'dns:mail.zendesk.com?type=TXT',
    ],
  ),
  sender(
    'ticketing',
    ['freshworks', 'Freshworks (Freshdesk, Freshservice)', 'https://www.freshworks.com'],
    {
      dkim: ['freshemail.io', 'freshdesk.com', 'freshservice.com', 'freshworks.com', 'freshsales.io'],
      spf: ['email.freshdesk.com', 'emailus.freshservice.com', 'freshemail.io'],
      returnPath: ['freshemail.io', 'freshdesk.com', 'freshservice.com'],
      cname: ['freshemail.io'],
      reverse: ['freshemail.io', 'freshdesk.com', 'freshservice.com'],
    },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        at('Admin → Email → Advanced settings → DKIM'),
        signByCname('four names, one of them for the return path, to freshemail.io'),
        throughYourOwn,
      ],
    },
    [
      'https://support.freshdesk.com/support/solutions/articles/223779-configuring-dkim-on-freshdesk',
      'dns:email.freshdesk.com?type=TXT',
    ],
  ),
  sender(
    'ticketing',
    ['intercom', 'Intercom', 'https://www.intercom.com'],
    {
      dkim: ['intercom.io', 'intercom-mail.com'],
      selectors: ['intercom'],
      spf: ['intercom.io'],
      returnPath: ['intercom.io', 'intercom-mail.com'],
      cname: ['intercom.io'],
      reverse: ['intercom.io', 'intercom-mail.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        at('Settings → Channels → Email → Domains & addresses'),
        signByCname('intercom._domainkey'),
        returnByCname('outbound.intercom to rp.<your workspace>.intercom-mail.com'),
      ],
    },
    ['https://www.intercom.com/help/en/articles/182-send-emails-from-your-own-address'],
  ),
  sender(
    'ticketing',
    ['help-scout', 'Help Scout', 'https://www.helpscout.com'],
    {
      dkim: ['helpscout.net', 'helpscoutemail.com', 'helpscout.com'],
      selectors: ['strong1', 'strong2'],
      spf: ['helpscoutemail.com'],
      returnPath: ['helpscout.net', 'helpscoutemail.com'],
      cname: ['helpscout.net'],
      reverse: ['helpscout.net', 'helpscoutemail.com', 'helpscout.com'],
    },
    {
      shared: true,
      spf: 'include',
      dkim: 'cname-selectors',
      how: [
        at('Manage → Inbox → Outgoing Email'),
        signByCname('strong1._domainkey and strong2._domainkey'),
        includeIt('helpscoutemail.com'),
      ],
    },
    ['https://docs.helpscout.com/article/1253-dkim', 'dns:helpscoutemail.com?type=TXT'],
  ),
  sender(
    'ticketing',
    ['front', 'Front', 'https://front.com'],
    { dkim: ['frontapp.com'], returnPath: ['frontapp.com'], reverse: ['frontapp.com'] },
    {
      shared: true,
      spf: 'own-envelope',
      dkim: 'own-key',
      how: [
        words(
          'Connect each channel to the mailbox itself (Microsoft 365 or Google Workspace), which signs. For a forwarding channel verify the domain under Settings → Company → Domains and publish the records shown.',
          'Koppel elk kanaal aan de mailbox zelf (Microsoft 365 of Google Workspace), die ondertekent. Voor een doorstuurkanaal verifieert u het domein onder Settings → Company → Domains en publiceert u de records die daar staan.',
        ),
      ],
    },
    ['https://help.front.com/en/articles/2114'],
  ),
  sender(
    'ticketing',
    ['gorgias', 'Gorgias', 'https://www.gorgias.com'],
    {
      dkim: ['gorgias.com', 'gorgias.io'],
      selectors: ['gor', 'gor2'],
      returnPath: ['gorgias.com', 'gorgias.io'],
      reverse: ['gorgias.com', 'gorgias.io'],
    },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        at('Settings → Channels → Email → Outbound verification'),
        signByCname('gor._domainkey and gor2._domainkey'),
        throughYourOwn,
      ],
    },
    ['https://docs.gorgias.com'],
  ),
  sender(
    'ticketing',
    ['kayako', 'Kayako', 'https://kayako.com'],
    { dkim: ['kayako.com'], returnPath: ['kayako.com'], reverse: ['kayako.com'] },
    {
      shared: true,
      spf: 'unknown',
      dkim: 'unknown',
      how: [at('Administration → Channels → Email'), signByTxt(), throughYourOwn],
    },
    ['https://help.kayako.com'],
  ),
  sender(
    'ticketing',
    ['atlassian', 'Atlassian (Jira, Confluence)', 'https://www.atlassian.com'],
    {
      dkim: ['atlassian.net', 'atlassian.com', 'am.atlassian.com'],
      spf: ['_spf.atlassian.net'],
      returnPath: ['atlassian.net', 'atlassian.com'],
      cname: ['atlassian.net'],
      reverse: ['atlassian.net', 'atlassian.com'],
      asns: [133530],
    },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        words(
          'In Atlassian Administration, under Emails or Products → Jira → Custom email, add the domain and publish the CNAME records shown: two for DKIM and one for the bounce address.',
          'Voeg in Atlassian Administration, onder Emails of Products → Jira → Custom email, het domein toe en publiceer de CNAME-records die daar staan: twee voor DKIM en een voor het bounceadres.',
        ),
      ],
    },
    [
      'https://support.atlassian.com/organization-administration/docs/send-notifications-from-your-own-email-domain/',
      'dns:_spf.atlassian.net?type=TXT',
    ],
  ),
  sender(
    'ticketing',
    ['statuspage', 'Atlassian Statuspage', 'https://www.atlassian.com/software/statuspage'],
    {
      dkim: ['statuspage.io'],
      spf: ['stspg-customer.com'],
      returnPath: ['stspg-customer.com', 'statuspage.io'],
      cname: ['stspg-customer.com'],
      reverse: ['stspg-customer.com', 'statuspage.io'],
    },
    {
      shared: true,
      spf: 'include',
      dkim: 'cname-selectors',
      how: [at('Manage → Notifications → Email → Custom from address'), signByCname(), includeIt('stspg-customer.com')],
    },
    ['https://support.atlassian.com/statuspage/', 'dns:stspg-customer.com?type=TXT'],
  ),
  sender(
    'ticketing',
    ['servicenow', 'ServiceNow', 'https://www.servicenow.com'],
    {
      dkim: ['service-now.com', 'servicenow.com', 'servicenowservices.com'],
      spf: ['service-now.com'],
      returnPath: ['service-now.com'],
      reverse: ['service-now.com', 'servicenow.com'],
      asns: [16839, 397182],
    },
    {
      shared: true,
      spf: 'include',
      dkim: 'txt-selectors',
      how: [at('System Mailboxes → Administration → DKIM'), signByTxt(), throughYourOwn],
    },
    ['https://www.servicenow.com/docs/', 'https://rdap.org/autnum/16839'],
  ),
  sender(
    'ticketing',
    ['topdesk', 'TOPdesk', 'https://www.topdesk.com'],
    {
      dkim: ['topdesk.net', 'topdesk.com'],
      spf: ['spf.topdesk.net'],
      returnPath: ['topdesk.net'],
      cname: ['topdesk.net'],
      reverse: ['topdesk.net'],
    },
    {
      shared: true,
      spf: 'include',
      dkim: 'cname-selectors',
      how: [
        words(
          'In the SaaS edition ask for DKIM for your sender domain and publish the records given.',
          'Vraag in de SaaS-uitvoering DKIM aan voor uw afzenderdomein en publiceer de records die u krijgt.',
        ),
        includeIt('spf.topdesk.net'),
        throughYourOwn,
      ],
    },
    ['https://docs.topdesk.com', 'dns:spf.topdesk.net?type=TXT'],
  ),
  sender(
    'ticketing',
    ['zammad', 'Zammad', 'https://zammad.com'],
    { dkim: ['zammad.com'], returnPath: ['zammad.com'], reverse: ['zammad.com'] },
    {
      shared: true,
      spf: 'own-envelope',
      dkim: 'own-key',
      how: [
        words(
          'Under Channels → Email it sends through a mailbox or relay of yours, which signs; nothing is needed for Zammad itself in the DNS.',
          'Onder Kanalen → E-mail verzendt Zammad via een mailbox of relay van u, die ondertekent; voor Zammad zelf is in de DNS niets nodig.',
        ),
      ],
    },
    ['https://admin-docs.zammad.org/en/latest/channels/email/index.html'],
  ),
  sender(
    'ticketing',
    ['otrs', 'OTRS', 'https://otrs.com'],
    { dkim: ['otrs.com'], returnPath: ['otrs.com'], reverse: ['otrs.com'] },
    {
      shared: true,
      spf: 'own-envelope',
      dkim: 'own-key',
      how: [
        words(
          'Let it send through a relay of yours that signs as your domain; a hosted instance has its own addresses, which your SPF record then lets in.',
          'Laat OTRS via een relay van u verzenden die als uw domein ondertekent; een gehoste instantie heeft eigen adressen, die uw SPF-record dan toelaat.',
        ),
      ],
    },
    ['https://doc.otrs.com'],
  ),
  sender(
    'ticketing',
    ['solarwinds-service-desk', 'SolarWinds Service Desk (Samanage)', 'https://www.solarwinds.com/service-desk'],
    {
      dkim: ['samanage.com', 'solarwinds.com'],
      returnPath: ['samanage.com'],
      reverse: ['samanage.com', 'solarwinds.com'],
    },
    { shared: true, spf: 'unknown', dkim: 'unknown', how: [askWhether(), throughYourOwn] },
    ['https://help.samanage.com'],
  ),
  sender(
    'ticketing',
    ['autotask', 'Datto Autotask PSA', 'https://www.datto.com/products/autotask-psa/'],
    { dkim: ['autotask.net'], spf: ['autotask.net'], returnPath: ['autotask.net'], reverse: ['autotask.net'] },
    {
      shared: true,
      spf: 'include',
      dkim: 'cname-selectors',
      how: [at('Admin → Email → DKIM'), signByCname(), includeIt('autotask.net')],
    },
    ['dns:autotask.net?type=TXT'],
  ),
  sender(
    'ticketing',
    ['sysaid', 'SysAid', 'https://www.sysaid.com'],
    {
      dkim: ['sysaid.com', 'sysaidit.com'],
      returnPath: ['sysaid.com', 'sysaidit.com'],
      reverse: ['sysaid.com', 'sysaidit.com'],
    },
    { shared: true, spf: 'unknown', dkim: 'unknown', how: [askWhether(), throughYourOwn] },
    ['https://documentation.sysaid.com'],
  ),
  sender(
    'ticketing',
    ['oracle-service-cloud', 'Oracle B2C Service (RightNow)', 'https://www.oracle.com/cx/service/b2c/'],
    {
      dkim: ['rightnowtech.com', 'custhelp.com'],
      returnPath: ['rightnowtech.com', 'custhelp.com'],
      reverse: ['rightnowtech.com'],
    },
    { shared: true, spf: 'unknown', dkim: 'unknown', how: [askWhether()] },
    ['https://docs.oracle.com/en/cloud/saas/b2c-service/'],
  ),
  sender(
    'hr',
    ['workday', 'Workday', 'https://www.workday.com'],
    {
      dkim: ['myworkday.com', 'workday.com'],
      returnPath: ['myworkday.com', 'workday.com'],
      reverse: ['myworkday.com', 'workday.com'],
      asns: [46864, 18465, 198301, 27515, 139636, 200451],
    },
    {
      shared: true,
      spf: 'include',
      dkim: 'txt-selectors',
      how: [
        words(
          'It sends from addresses at myworkday.com unless a custom sender is set up. For one of yours have your Workday administrator set up DKIM under Edit Tenant Setup – Notifications, and publish the key.',
          'De dienst verzendt vanaf adressen onder myworkday.com, tenzij een eigen afzender is ingesteld. Laat daarvoor de Workday-beheerder DKIM inrichten onder Edit Tenant Setup – Notifications, en publiceer de sleutel.',
        ),
      ],
    },
    ['https://doc.workday.com', 'https://rdap.org/autnum/46864'],
  ),
  sender(
    'hr',
    ['successfactors', 'SAP SuccessFactors', 'https://www.sap.com/products/hcm.html'],
    {
      dkim: ['successfactors.com', 'successfactors.eu', 'sapsf.com', 'sapsf.eu'],
      spf: ['_spf-dc2.sapsf.com', 'sapsf.com', 'sapsf.eu'],
      returnPath: ['successfactors.com', 'successfactors.eu', 'sapsf.com', 'sapsf.eu'],
      reverse: ['successfactors.com', 'successfactors.eu', 'sapsf.com', 'sapsf.eu'],
    },
    {
      shared: true,
      spf: 'include',
      dkim: 'cname-selectors',
      how: [
        words(
          'Mask the sender with an address of your own, ask SAP for DKIM for that domain, and publish the records given. Otherwise it sends as system@successfactors, which needs nothing of you.',
          'Stel een eigen afzenderadres in, vraag SAP om DKIM voor dat domein en publiceer de records die u krijgt. Anders verzendt de dienst als system@successfactors, waar u niets voor hoeft te doen.',
        ),
      ],
    },
    ['https://help.sap.com/docs/successfactors-platform'],
  ),
  sender(
    'hr',
    ['bamboohr', 'BambooHR', 'https://www.bamboohr.com'],
    { dkim: ['bamboohr.com'], returnPath: ['bamboohr.com'], reverse: ['bamboohr.com'] },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [at('Settings → Email domain'), signByCname(), envelopeIsTheirs()],
    },
    ['https://help.bamboohr.com'],
  ),
  sender(
    'hr',
    ['recruitee', 'Recruitee (Tellent)', 'https://recruitee.com'],
    {
      dkim: ['recruitee.com'],
      returnPath: ['recruitee.com'],
      reverse: ['recruitee.com'],
    },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [at('Settings → Communication → Email domains'), signByCname(), throughYourOwn],
    },
    ['https://support.recruitee.com'],
  ),
  sender(
    'hr',
    ['greenhouse', 'Greenhouse', 'https://www.greenhouse.com'],
    {
      dkim: ['greenhouse.io', 'greenhouse-mail.io'],
      spf: ['mg-spf.greenhouse.io'],
      returnPath: ['greenhouse.io', 'greenhouse-mail.io'],
      reverse: ['greenhouse.io', 'greenhouse-mail.io'],
    },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'txt-selectors',
      how: [
        at('Configure → Organization → Email settings'),
        signByTxt(),
        words(
          'A subdomain such as greenhouse-outbound with include:mg-spf.greenhouse.io is the return path: SPF aligns in relaxed mode.',
          'Een subdomein zoals greenhouse-outbound met include:mg-spf.greenhouse.io is het return-path: SPF klopt relaxed.',
        ),
      ],
    },
    ['https://support.greenhouse.io', 'dns:mg-spf.greenhouse.io?type=TXT'],
  ),
  sender(
    'hr',
    ['lever', 'Lever', 'https://www.lever.co'],
    { dkim: ['lever.co', 'hire.lever.co'], returnPath: ['lever.co'], reverse: ['lever.co'] },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [at('Settings → Company → Email domains'), signByCname(), throughYourOwn],
    },
    ['https://help.lever.co'],
  ),
  sender(
    'hr',
    ['personio', 'Personio', 'https://www.personio.com'],
    {
      dkim: ['personio.de', 'personio.com'],
      returnPath: ['personio.de', 'personio.com'],
      reverse: ['personio.de', 'personio.com'],
    },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [at('Settings → Integrations → Email domain'), signByCname()],
    },
    ['https://support.personio.de'],
  ),
  sender(
    'hr',
    ['smartrecruiters', 'SmartRecruiters', 'https://www.smartrecruiters.com'],
    { dkim: ['smartrecruiters.com'], returnPath: ['smartrecruiters.com'], reverse: ['smartrecruiters.com'] },
    {
      shared: true,
      spf: 'unknown',
      dkim: 'unknown',
      how: [askWhether()],
    },
    ['https://help.smartrecruiters.com'],
  ),
  sender(
    'hr',
    ['workable', 'Workable', 'https://www.workable.com'],
    {
      dkim: ['workable.com', 'workablemail.com'],
      returnPath: ['workable.com', 'workablemail.com'],
      reverse: ['workable.com', 'workablemail.com'],
    },
    {
      shared: true,
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [at('Settings → Email → Domain'), signByCname()],
    },
    ['https://help.workable.com'],
  ),
  sender(
    'hr',
    ['emply', 'Visma Emply', 'https://www.emply.com'],
    {
      dkim: ['emply.com', 'emply.net'],
      spf: ['_spf.emply.com'],
      returnPath: ['emply.com', 'emply.net'],
      reverse: ['emply.com', 'emply.net'],
    },
    { shared: true, spf: 'include', dkim: 'unknown', how: [askWhether(), includeIt('_spf.emply.com')] },
    ['dns:_spf.emply.com?type=TXT'],
  ),
  sender(
    'hr',
    ['visma-raet', 'Visma (Raet, Youforce)', 'https://www.visma.nl'],
    {
      dkim: ['youforce.com', 'youforce.biz', 'raet.com', 'visma.com'],
      returnPath: ['youforce.com', 'youforce.biz', 'raet.com', 'visma.com'],
      reverse: ['youforce.com', 'youforce.biz', 'raet.com', 'visma.com'],
    },
    { shared: true, spf: 'unknown', dkim: 'unknown', how: [askWhether()] },
    ['https://community.visma.com'],
  ),
  sender(
    'hr',
    ['ukg', 'UKG (UltiPro, Kronos)', 'https://www.ukg.com'],
    {
      dkim: ['ukg.com', 'ultipro.com', 'kronos.net'],
      spf: ['_spf.ultipro.com'],
      returnPath: ['ukg.com', 'ultipro.com', 'kronos.net'],
      reverse: ['ukg.com', 'ultipro.com', 'kronos.net'],
    },
    { shared: true, spf: 'include', dkim: 'unknown', how: [askWhether(), includeIt('_spf.ultipro.com')] },
    ['dns:_spf.ultipro.com?type=TXT'],
  ),
  sender(
    'hr',
    ['cornerstone', 'Cornerstone OnDemand', 'https://www.cornerstoneondemand.com'],
    {
      dkim: ['csod.com', 'cornerstoneondemand.com'],
      returnPath: ['csod.com'],
      reverse: ['csod.com', 'cornerstoneondemand.com'],
    },
    { shared: true, spf: 'unknown', dkim: 'unknown', how: [askWhether()] },
    ['https://help.csod.com'],
  ),
];
