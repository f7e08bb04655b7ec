import { printable } from './terminal-text.ts';

/**
 * Punctuation that GitHub or GitLab give a meaning, in Markdown itself (pipes end a table cell even inside code) or afterwards, when
 * mentions, references and formulas are looked for in the finished text. An underscore inside a word has none.
 */
const MEANINGFUL = /[\\`*{}[\]<>&|~$@#!^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;

/** Signs before a name or number that make a link or a notification: @user, #12, !12, $12, ~label, %milestone, &epic. */
const REFERENCE = /([@#!$~%&^])(?=[\p{L}\p{N}_"[])/gu;

/** Where text without any mark around it becomes a web address. */
const ADDRESS = /(?<=:)(?=\/\/)|(?<=\bwww)(?=\.)/gi;

const BREAK = '&#8203;';

/**
 * Writes foreign text so that it stays text in GitHub and GitLab Markdown: no markup, HTML, table cell, link, mention or reference comes out
 * of it, and no line break. Mentions and addresses are broken by a zero-width space, since escaping alone does not stop them.
 */
export function escapeMarkdown(text: string): string {
  const marked = printable(text).replace(REFERENCE, '$1\u200b').replace(ADDRESS, '\u200b');
  return entities(marked).replaceAll('\u200b', BREAK);
}

/** Writes foreign text as code, which nothing looks into for mentions and links; what is copied from it is the text itself. */
export function markdownCode(text: string): string {
  return `<code>${entities(printable(text))}</code>`;
}

function entities(text: string): string {
  return text.replace(MEANINGFUL, (character) => `&#${character.charCodeAt(0)};`);
}
