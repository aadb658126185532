// Services that send single messages for an application: receipts, passwords, notices.
import { includeIt, at, returnByCname, returnByMx, sender, signByCname, signByTxt, words } from './define.ts';
import type { Sender } from './model.ts';

export const transactional: readonly Sender[] = [
  sender(
    'transactional',
    ['sendgrid', 'Twilio SendGrid', 'https://sendgrid.com'],
    {
      dkim: ['sendgrid.net', 'sendgrid.info', 'sendgrid.me'],
      selectors: ['smtpapi'],
      spf: ['sendgrid.net'],
      returnPath: ['sendgrid.net'],
      cname: ['sendgrid.net'],
      reverse: ['sendgrid.net'],
      asns: [11377],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        at('Settings → Sender Authentication → Authenticate Your Domain'),
        words(
          'Keep Automated Security on and publish the three CNAME records (s1._domainkey, s2._domainkey and em1234 with your number): they give both DKIM and a return path of yours. An include:sendgrid.net in your own SPF record is not needed then.',
          'Laat Automated Security aan en publiceer de drie CNAME-records (s1._domainkey, s2._domainkey en em1234 met uw nummer): die geven zowel DKIM als een return-path van u. Een include:sendgrid.net in uw eigen SPF-record is dan niet nodig.',
        ),
      ],
    },
    ['https://www.twilio.com/docs/sendgrid/ui/account-and-settings/how-to-set-up-domain-authentication'],
  ),
  sender(
    'transactional',
    ['mailgun', 'Mailgun', 'https://www.mailgun.com'],
    {
      dkim: ['mailgun.org'],
      selectors: ['pdk1', 'pdk2'],
      spf: ['mailgun.org'],
      returnPath: ['mailgun.org'],
      cname: ['dkim1.mailgun.com'],
      reverse: ['mailgun.net', 'mailgun.info', 'mailgun.us', 'mailgun.org'],
      asns: [396479],
    },
    {
      shared: 'both',
      spf: 'include',
      dkim: 'cname-selectors',
      how: [
        at('Send → Sending → Domains'),
        words(
          'Use a subdomain such as mg.example.org: its SPF record (include:mailgun.org) and the DKIM records there (a TXT key, or CNAMEs pdk1 and pdk2 with Automatic Sender Security) make both legs align in relaxed mode. For strict DKIM set the DKIM authority to the From domain itself.',
          'Gebruik een subdomein zoals mg.example.org: het SPF-record daarvan (include:mailgun.org) en de DKIM-records (een TXT-sleutel, of de CNAMEs pdk1 en pdk2 met Automatic Sender Security) laten beide benen relaxed kloppen. Voor strikte DKIM moet het DKIM-domein het From-domein zelf zijn.',
        ),
      ],
    },
    ['https://documentation.mailgun.com/docs/mailgun/user-manual/domains/domains-verify', 'dns:mailgun.org?type=TXT'],
  ),
  sender(
    'transactional',
    ['amazon-ses', 'Amazon SES', 'https://aws.amazon.com/ses/'],
    {
      dkim: ['amazonses.com'],
      // Easy DKIM: three names of 32 characters of base 32.
      selectors: ['????????????????????????????????'],
      spf: ['amazonses.com'],
      returnPath: ['amazonses.com'],
      cname: ['dkim.amazonses.com'],
      reverse: ['amazonses.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        at('Configuration → Identities → your domain → Easy DKIM'),
        signByCname('three names of 32 characters'),
        words(
          'Then set a custom MAIL FROM domain below yours (an MX record to feedback-smtp in your region and an SPF record with include:amazonses.com): without it the envelope is amazonses.com and SPF does not align.',
          'Stel daarna een eigen MAIL FROM-domein onder het uwe in (een MX-record naar feedback-smtp in uw regio en een SPF-record met include:amazonses.com): zonder dat is de envelop amazonses.com en klopt SPF niet met uw domein.',
        ),
      ],
    },
    [
      'https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html',
      'https://docs.aws.amazon.com/ses/latest/dg/mail-from.html',
    ],
  ),
  sender(
    'transactional',
    ['postmark', 'Postmark', 'https://postmarkapp.com'],
    {
      dkim: ['mtasv.net'],
      selectors: ['##############pm'],
      spf: ['mtasv.net'],
      returnPath: ['mtasv.net'],
      envelopeLabels: ['pm-bounces', 'pm_bounces'],
      cname: ['pm.mtasv.net'],
      reverse: ['mtasv.net'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'txt-selectors',
      how: [
        at('Sender Signatures → Add Domain → DNS Settings'),
        signByTxt('a date followed by pm._domainkey'),
        returnByCname('pm-bounces to pm.mtasv.net'),
      ],
    },
    ['https://postmarkapp.com/support/article/1046-how-do-i-verify-a-domain'],
  ),
  sender(
    'transactional',
    ['sparkpost', 'Bird (SparkPost)', 'https://bird.com'],
    {
      dkim: ['sparkpostmail.com'],
      selectors: ['scph####'],
      spf: ['sparkpostmail.com'],
      returnPath: ['sparkpostmail.com'],
      cname: ['sparkpostmail.com'],
      reverse: ['sparkpostmail.com'],
      asns: [23528],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'txt-selectors',
      how: [
        at('Configuration → Domains (a sending domain, and a bounce domain)'),
        signByTxt('scph with month and year'),
        returnByCname('a name such as bounce to sparkpostmail.com, or eu.sparkpostmail.com'),
      ],
    },
    ['https://support.sparkpost.com/docs/getting-started/setting-up-domains', 'dns:_spf.sparkpostmail.com?type=TXT'],
  ),
  sender(
    'transactional',
    [
      'mailchimp-transactional',
      'Mailchimp Transactional (Mandrill)',
      'https://mailchimp.com/features/transactional-email/',
    ],
    {
      dkim: ['mandrillapp.com'],
      selectors: ['mandrill', 'mte1', 'mte2'],
      spf: ['spf.mandrillapp.com'],
      returnPath: ['mandrillapp.com'],
      cname: ['mandrillapp.com'],
      reverse: ['mandrillapp.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        at('Settings → Domains → Sending Domains'),
        signByCname('mte1._domainkey and mte2._domainkey'),
        returnByCname('Settings → Domains → Return-Path Domains, to mandrillapp.com'),
      ],
    },
    ['https://mailchimp.com/developer/transactional/docs/authentication-delivery/', 'dns:spf.mandrillapp.com?type=TXT'],
  ),
  sender(
    'transactional',
    ['smtp2go', 'SMTP2GO', 'https://www.smtp2go.com'],
    {
      dkim: ['smtp2go.com', 'smtpcorp.com', 'smtp2go.net'],
      spf: ['spf.smtp2go.com'],
      returnPath: ['smtpcorp.com', 'smtp2go.net'],
      cname: ['smtp2go.net'],
      reverse: ['smtp2go.com', 'smtpcorp.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        at('Sending → Verified Senders → Sender domains'),
        signByCname('s and your number, to dkim.smtp2go.net'),
        returnByCname('em and your number, to return.smtp2go.net'),
      ],
    },
    ['https://support.smtp2go.com/hc/en-gb/articles/115004408567-Verified-Senders'],
  ),
  sender(
    'transactional',
    ['elastic-email', 'Elastic Email', 'https://elasticemail.com'],
    {
      dkim: ['elasticemail.com', 'elasticemail.net'],
      spf: ['_spf.elasticemail.com'],
      returnPath: ['elasticemail.net', 'elasticemail.com'],
      reverse: ['elasticemail.com', 'elasticemail.net'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'txt-selectors',
      how: [
        at('Settings → Domains'),
        signByTxt('api._domainkey'),
        words(
          'Set a custom bounce domain there as well: without it the envelope is its own and an include in your SPF record does not make SPF align.',
          'Stel daar ook een eigen bouncedomein in: anders blijft de envelop van de dienst en helpt een include in uw SPF-record niet.',
        ),
      ],
    },
    [
      'https://help.elasticemail.com/en/articles/4934399-how-to-verify-your-domain',
      'dns:_spf.elasticemail.com?type=TXT',
    ],
  ),
  sender(
    'transactional',
    ['mailersend', 'MailerSend', 'https://www.mailersend.com'],
    {
      dkim: ['mailersend.net', 'mlsender.net'],
      selectors: ['mlsend2'],
      spf: ['_spf.mailersend.net'],
      returnPath: ['mailersend.net', 'mlsender.net'],
      cname: ['mailersend.net'],
      reverse: ['mailersend.net'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        at('Domains → Manage → DNS records'),
        signByCname('mlsend2._domainkey'),
        returnByCname('mta to mailersend.net'),
      ],
    },
    [
      'https://www.mailersend.com/help/how-to-verify-and-authenticate-a-sending-domain',
      'dns:_spf.mailersend.net?type=TXT',
    ],
  ),
  sender(
    'transactional',
    ['socketlabs', 'SocketLabs', 'https://www.socketlabs.com'],
    {
      dkim: ['email-od.com'],
      spf: ['email-od.com'],
      returnPath: ['email-od.com'],
      cname: ['email-od.com'],
      reverse: ['email-od.com'],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [
        at('Authentication → SenderID, DKIM and Bounce Domain'),
        signByCname('dkim._domainkey to dkim._domainkey.email-od.com'),
        returnByCname('the bounce domain it shows'),
      ],
    },
    ['https://help.socketlabs.com/docs/authentication', 'dns:email-od.com?type=TXT'],
  ),
  sender(
    'transactional',
    ['mailjet', 'Mailjet', 'https://www.mailjet.com'],
    {
      dkim: ['mailjet.com'],
      selectors: ['mailjet'],
      spf: ['spf.mailjet.com'],
      returnPath: ['mailjet.com'],
      reverse: ['mailjet.com'],
      asns: [200069],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'txt-selectors',
      how: [
        at('Account settings → Sender domains & addresses → Authenticate this domain'),
        signByTxt('mailjet._domainkey'),
        words(
          'The envelope is bnc3.mailjet.com until support sets a return path of yours (a CNAME such as bnc3 to bnc3.mailjet.com); until then the include does nothing for DMARC.',
          'De envelop is bnc3.mailjet.com totdat de helpdesk een eigen return-path instelt (een CNAME zoals bnc3 naar bnc3.mailjet.com); tot dan helpt de include DMARC niet.',
        ),
      ],
    },
    [
      'https://documentation.mailjet.com/hc/en-us/articles/360042412734-Authenticating-Domains-with-SPF-DKIM',
      'https://www.mailjet.com/blog/deliverability/mailjet-dmarcbis-is-dead-long-live-dmarc/',
    ],
  ),
  sender(
    'bulk',
    ['brevo', 'Brevo (Sendinblue)', 'https://www.brevo.com'],
    {
      dkim: ['sendinblue.com', 'brevo.com', 'mailin.fr', 'brevosend.com'],
      selectors: ['brevo1', 'brevo2'],
      spf: ['spf.sendinblue.com', 'spf.brevo.com'],
      returnPath: ['mailin.fr', 'sendinblue.com', 'sender-sib.com', 'brevosend.com'],
      cname: ['dkim.brevo.com'],
      reverse: ['sendinblue.com', 'mailin.fr', 'brevo.com', 'sp2-brevo.net', 'sender-sib.com'],
      asns: [200484],
    },
    {
      shared: 'both',
      spf: 'dedicated-only',
      dkim: 'cname-selectors',
      how: [
        at('Senders, Domains & Dedicated IPs → Domains'),
        signByCname('brevo1._domainkey and brevo2._domainkey'),
        words(
          'On shared addresses the envelope stays Brevo’s: an include for it does nothing for DMARC. With a dedicated address the envelope becomes a subdomain of yours.',
          'Op gedeelde adressen blijft de envelop van Brevo: een include daarvoor helpt DMARC niet. Met een eigen adres wordt de envelop een subdomein van u.',
        ),
      ],
    },
    [
      'https://help.brevo.com/hc/en-us/articles/12163873383186-Authenticate-your-domain-with-Brevo-Brevo-code-DKIM-record-DMARC-record',
      'dns:spf.sendinblue.com?type=TXT',
    ],
  ),
  sender(
    'transactional',
    ['flowmailer', 'Spotler SendPro (Flowmailer)', 'https://flowmailer.com'],
    {
      spf: ['spf.flowmailer.net'],
      returnPath: ['flowmailer.net'],
      cname: ['flowmailer.net'],
      reverse: ['flowmailer.net', 'flowmailer.com'],
      asns: [50018],
    },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'cname-selectors',
      how: [at('Setup → Sender domains'), signByCname(), returnByCname()],
    },
    ['https://flowmailer.com/en/support', 'dns:spf.flowmailer.net?type=TXT'],
  ),
  sender(
    'transactional',
    ['scaleway-tem', 'Scaleway Transactional Email', 'https://www.scaleway.com/en/transactional-email-tem/'],
    { spf: ['_spf.tem.scaleway.com'] },
    {
      shared: 'both',
      spf: 'include',
      dkim: 'txt-selectors',
      how: [at('Transactional Email → Domains'), signByTxt(), includeIt('_spf.tem.scaleway.com')],
    },
    ['https://www.scaleway.com/en/docs/transactional-email/how-to/add-spf-dkim-records-to-your-domain/'],
  ),
  sender(
    'transactional',
    ['resend', 'Resend', 'https://resend.com'],
    { dkim: ['resend.dev'], selectors: ['resend'], returnPath: ['resend.dev'] },
    {
      shared: 'both',
      spf: 'custom-return-path',
      dkim: 'txt-selectors',
      how: [
        at('Domains → Add Domain'),
        signByTxt('resend._domainkey'),
        returnByMx('send'),
        words('Its servers are those of Amazon SES.', 'De servers zijn die van Amazon SES.'),
      ],
    },
    ['https://resend.com/docs/dashboard/domains/introduction'],
  ),
];
