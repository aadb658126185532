import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fieldsNamed, fieldValue, parseMessage, rawValue } from './index.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('parseMessage (RFC 5322 §2.1, §2.2, §4.5)', () => {
  const cases: [what: string, text: string, fields: string[], body: string, problems: string][] = [
    ['CRLF', 'A: 1\r\nB: 2\r\n\r\nbody', ['a: 1', 'b: 2'], 'body', ''],
    ['LF', 'A: 1\nB: 2\n\nbody', ['a: 1', 'b: 2'], 'body', ''],
    ['both', 'A: 1\r\nB: 2\n\nbody', ['a: 1', 'b: 2'], 'body', 'mail/mixed-line-ends'],
    ['a folded field', 'A: 1\r\n 2\r\n\t3\r\nB: 2\r\n\r\n', ['a: 1\r\n 2\r\n\t3', 'b: 2'], '', ''],
    ['a fold of white space alone', 'A: 1\r\n \r\nB: 2\r\n\r\nx', ['a: 1\r\n ', 'b: 2'], 'x', ''],
    ['no body', 'A: 1\r\n', ['a: 1'], '', ''],
    ['no line break at all', 'A: 1', ['a: 1'], '', ''],
    ['a carriage return for a line break at the end', 'A: 1\r', ['a: 1\r'], '', 'mail/bare-cr'],
    ['no header', '\r\nbody', [], 'body', ''],
    ['nothing', '', [], '', ''],
    ['an empty value', 'A:\r\n\r\n', ['a:'], '', ''],
    ['white space before the colon', 'A \t: 1\r\n\r\n', ['a: 1'], '', ''],
    ['a colon in the value', 'A: b: c\r\n\r\n', ['a: b: c'], '', ''],
    ['an mbox line', 'From a@b Tue Nov  3 09:15:00 2026\nA: 1\n\n', ['a: 1'], '', 'mail/mbox-line'],
    [
      'a second mbox line',
      'A: 1\nFrom a@b Tue Nov  3 09:15:00 2026\nB: 2\n\n',
      ['a: 1', ':From a@b Tue Nov  3 09:15:00 2026', 'b: 2'],
      '',
      'mail/not-a-field',
    ],
    ['a line that is no field', 'A: 1\r\nhello\r\nB: 2\r\n\r\nx', ['a: 1', ':hello', 'b: 2'], 'x', 'mail/not-a-field'],
    ['a first line that is a fold', ' A: 1\r\nB: 2\r\n\r\n', [': A: 1', 'b: 2'], '', 'mail/not-a-field'],
    ['a colon first', ': 1\r\n\r\n', [':: 1'], '', 'mail/not-a-field'],
    ['a NUL', 'A: 1\0\r\n\r\n', ['a: 1\0'], '', 'mail/nul-in-header'],
    ['a NUL in the body is no matter', 'A: 1\r\n\r\n\0\r', ['a: 1'], '\0\r', ''],
    ['a carriage return inside', 'A: 1\r2\r\n\r\n', ['a: 1\r2'], '', 'mail/bare-cr'],
    ['two carriage returns', 'A: 1\r\r\n\r\n', ['a: 1\r'], '', 'mail/bare-cr'],
  ];
  for (const [what, text, fields, body, problems] of cases) {
    it(what, () => {
      const message = parseMessage(bytes(text));
      assert.deepEqual(
        message.fields.map((field) => `${field.name}:${rawValue(message, field)}`),
        fields,
      );
      assert.equal(message.bytes.toString('latin1', message.bodyStart), body);
      assert.equal(message.problems.map((problem) => problem.code).join(), problems);
      assert.equal(message.complete, true);
    });
  }

  it('offsets are those of the bytes', () => {
    const message = parseMessage(bytes('A: 1\r\nSub : x\r\n y\r\n\r\n'));
    const { start, nameEnd, colon, end, next } = fieldsNamed(message, 'sub')[0]!;
    assert.deepEqual({ start, nameEnd, colon, end, next }, { start: 6, nameEnd: 9, colon: 10, end: 17, next: 19 });
  });
  it('a view into a larger buffer is read from its own beginning', () => {
    const whole = bytes('xxxA: 1\r\n\r\nbody');
    const message = parseMessage(new Uint8Array(whole.buffer, whole.byteOffset + 3, whole.length - 3));
    assert.equal(rawValue(message, message.fields[0]!), ' 1');
  });
  it('values are unfolded and decoded, UTF-8 before Latin-1', () => {
    const message = parseMessage(Buffer.from('A: caf\u00e9\r\n  x \r\nB: caf\xe9\r\n\r\n', 'latin1'));
    assert.equal(fieldValue(message, message.fields[0]!), 'café  x');
    const utf8 = parseMessage(Buffer.from('A: café\r\n\r\n', 'utf8'));
    assert.equal(fieldValue(utf8, utf8.fields[0]!), 'café');
  });
});

describe('limits', () => {
  it('a header too long is not read to its end, and that is said', () => {
    const message = parseMessage(bytes(`A: ${'x'.repeat(1000)}\r\nFrom: a@b.example\r\n\r\n`), {
      headerBytes: 500,
      fields: 10,
    });
    assert.deepEqual(
      [message.complete, message.fields.length, message.problems[0]?.code],
      [false, 0, 'mail/header-too-long'],
    );
  });
  it('nor one with too many fields', () => {
    const message = parseMessage(bytes(`${'A: 1\r\n'.repeat(20)}\r\n`), { headerBytes: 5000, fields: 10 });
    assert.deepEqual(
      [message.complete, message.fields.length, message.problems[0]?.code],
      [false, 10, 'mail/too-many-fields'],
    );
  });
  it('a body has none', () => {
    const message = parseMessage(bytes(`A: 1\r\n\r\n${'x'.repeat(5000)}`), { headerBytes: 500, fields: 10 });
    assert.equal(message.complete, true);
  });
});
