import fc from 'fast-check';

/** Names that try to be more than text in one format or another. */
export const HOSTILE_NAMES: Readonly<Record<string, string>> = {
  'a script element': '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'the end of a CDATA section': ']]><!-- --><![CDATA[',
  'quotes and entities': `"'&amp;&#0;&quot;\``,
  'line breaks': 'a\nb\r\nc\u2028d\u0085e',
  'a workflow command': '\n::error::owned\n##[error]owned',
  'percent escapes': '%0A::warning::%25%0D%2C',
  'pipes and code': '| a | `b` || \\| |',
  'a Markdown link': '[gay men](javascript:alert(1)) ![x](https://example.com/x.png) <https://example.com>',
  'mentions, references and addresses':
    '@octocat #123 GH-1 !7 ~bug &3 $x^2$ www.example.com https://example.com a@example.com',
  'a list, a heading and a quote': '- x\n# y\n> z\n1. w',
  'right-to-left overrides': 'gay men \u202eevil\u202c \u2066x\u2069',
  'a NUL byte and an escape sequence': 'a\0b\u001b[31mc\u007f\u009b',
  'not a character': 'a\ufffeb\uffffc\ud83dd\udc00',
  'a formula': `=cmd|'/c calc'!A1`,
  'a formula after a tab': '\t=1+1',
  'a formula after a space': ' =1+1',
  'a formula after an apostrophe': `'=1+1`,
  'a formula in full width': '＝1+1',
  'a plus': '+1+1',
  'a minus': '-1+1',
  'an at sign': '@SUM(1)',
  'separators of CSV': 'a,b;c\td"e"',
  'placeholders of SARIF': '{0} {{1}} {x',
  'a path of another kind': 'C:\\temp\\..\\x y%20z#f?q',
  'a prototype': '__proto__',
  nothing: '',
  spaces: '  ',
  'ten thousand characters': 'x'.repeat(10_000),
  'ten thousand marks': `x${'\u0301'.repeat(10_000)}`,
  'ten thousand pipes': '|'.repeat(10_000),
};

/** Any text, rich in what formats give a meaning. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...Object.values(HOSTILE_NAMES)),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...`<>&"'|\`\\[](){}*_~#@!$%^:;,.=+-/?\t\n\r\0 `,
          '::',
          ']]>',
          '%0A',
          '\u202e',
          '\u200b',
          '\ud800',
          '\ufffe',
          '://',
          'www.',
        ),
        fc.string({ unit: 'binary', maxLength: 5 }),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
);
