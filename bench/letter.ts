/** A message of about 10 kB as people send them: text, some of it indented, relaxed canonicalization on both sides. */
export function letter(at: number): string {
  const words = ['the', 'invoice', 'for', 'November', 'is', 'ready', 'and', 'can', 'be', 'paid', 'until', 'Friday,'];
  let body = '';
  for (let line = 0; body.length < 9_400; line++) {
    const text = Array.from({ length: 11 }, (_, word) => words[(at + line * 7 + word * 5) % words.length]).join(' ');
    body += `${line % 9 === 0 ? '\r\n' : ''}${line % 5 === 0 ? '  ' : ''}${text}\r\n`;
  }
  return [
    `Received: from out${at}.sender.example (out.sender.example [192.0.2.7]) by mx.receiver.example (Postfix) with ESMTPS id 4ABC${at}\r\n\tfor <user@receiver.example>; Tue,  3 Nov 2026 09:15:00 +0100 (CET)`,
    'From: Accounts of Sender <accounts@sender.example>',
    'To: A User <user@receiver.example>',
    `Subject: Your invoice ${at}`,
    'Date: Tue, 3 Nov 2026 09:15:00 +0100',
    `Message-ID: <${at}.4711@sender.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 7bit',
    'List-Unsubscribe: <https://sender.example/unsubscribe/4711>',
    '',
    body,
  ].join('\r\n');
}
