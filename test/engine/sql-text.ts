/** A quoted piece of an SQL script, read the way a database reads it. */
export interface QuotedPiece {
  readonly kind: 'name' | 'text';
  /** What the database takes it for. */
  readonly content: string;
}

/** How the lexer of a database reads quotes: from its own documentation, not from the code under test. */
interface LexerRules {
  readonly nameQuote: '"' | '`';
  readonly backslashInNames: boolean;
  readonly backslashInText: 'always' | 'never' | 'after E';
  /** A doubled quote is a quote; where it is not, it ends one literal and begins another. */
  readonly doubledTextQuote: boolean;
  readonly doubledNameQuote: boolean;
  readonly rawLineEnds: boolean;
}

export const LEXERS: Readonly<Record<string, LexerRules>> = {
  duckdb: lexer('"', {}),
  trino: lexer('"', {}),
  postgres: lexer('"', { backslashInText: 'after E' }),
  snowflake: lexer('"', { backslashInText: 'always' }),
  spark: lexer('`', { backslashInText: 'always', doubledTextQuote: false }),
  bigquery: lexer('`', {
    backslashInText: 'always',
    backslashInNames: true,
    doubledTextQuote: false,
    doubledNameQuote: false,
    rawLineEnds: false,
  }),
  clickhouse: lexer('`', { backslashInText: 'always', backslashInNames: true }),
};

function lexer(nameQuote: '"' | '`', rules: Partial<LexerRules>): LexerRules {
  return {
    nameQuote,
    backslashInNames: false,
    backslashInText: 'never',
    doubledTextQuote: true,
    doubledNameQuote: true,
    rawLineEnds: true,
    ...rules,
  };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r' };

/** Takes a script apart into its quoted pieces and its skeleton, in which each of them is a ?. Throws where a quote is never closed. */
export function readSql(
  script: string,
  rules: LexerRules,
): { readonly pieces: readonly QuotedPiece[]; readonly skeleton: string } {
  const pieces: QuotedPiece[] = [];
  let skeleton = '';
  let at = 0;
  while (at < script.length) {
    const character = script[at] ?? '';
    if (character !== "'" && character !== rules.nameQuote) {
      skeleton += character;
      at += 1;
      continue;
    }
    const isText = character === "'";
    const isExtended = isText && /(^|[^A-Za-z0-9_])E$/.test(skeleton);
    if (isExtended) skeleton = skeleton.slice(0, -1);
    const backslash = isText
      ? rules.backslashInText === 'always' || (rules.backslashInText === 'after E' && isExtended)
      : rules.backslashInNames;
    const doubled = isText ? rules.doubledTextQuote : rules.doubledNameQuote;
    let content = '';
    at += 1;
    for (;;) {
      const next = script[at];
      if (next === undefined) throw new Error('a quote is never closed');
      if (!rules.rawLineEnds && /[\r\n]/.test(next)) throw new Error('a quoted piece runs over a line');
      if (backslash && next === '\\') {
        const unicode = /^u([0-9a-f]{4})/i.exec(script.slice(at + 1, at + 6));
        const escaped = script[at + 1] ?? '';
        content +=
          unicode === null ? (ESCAPES[escaped] ?? escaped) : String.fromCharCode(parseInt(unicode[1] ?? '', 16));
        at += unicode === null ? 2 : 6;
      } else if (next === character && doubled && script[at + 1] === character) {
        content += character;
        at += 2;
      } else if (next === character) {
        at += 1;
        break;
      } else {
        content += next;
        at += 1;
      }
    }
    pieces.push({ kind: isText ? 'text' : 'name', content });
    skeleton += '?';
  }
  return { pieces, skeleton };
}
