import { escapeMarkdown, markdownCode } from '../../wording/escape-markdown.ts';
import { shorten } from '../../wording/shorten.ts';
import { printable } from '../../wording/terminal-text.ts';
import type { Block, PageSection, TableBlock } from '../page-blocks.ts';

const LONGEST_TEXT = 3000;
const LONGEST_CELL = 600;

/** Writes sections as Markdown: numbered headings, lists and tables. No text makes markup, a link or a mention. */
export function markdownSections(sections: readonly PageSection[]): string {
  return sections
    .map(({ title, blocks }, index) =>
      [`## ${index + 1}. ${escapeMarkdown(title)}`, ...blocks.map(blockLines)].join('\n\n'),
    )
    .join('\n\n');
}

function blockLines(block: Block): string {
  switch (block.kind) {
    case 'text': {
      const text = paragraph(block.text);
      return block.isStrong === true ? `**${text}**` : text;
    }
    case 'heading':
      return `### ${line(block.text, 200)}`;
    case 'list':
      return block.items.map((item) => `- ${paragraph(item)}`).join('\n');
    case 'code':
      return codeLines(block.text, block.language);
    case 'table':
      return tableLines(block);
  }
}

function tableLines({ header, rows, cut }: TableBlock): string {
  const lines = [header, header.map(() => '---'), ...rows].map((cells, index) =>
    index === 1 ? `| ${cells.join(' | ')} |` : `| ${cells.map((cell) => line(cell, LONGEST_CELL)).join(' | ')} |`,
  );
  return [lines.join('\n'), ...(cut === undefined ? [] : [`_${line(cut, LONGEST_CELL)}_`])].join('\n\n');
}

/** Text that stays in its line. */
function line(text: string, length: number): string {
  return escapeMarkdown(shorten(text, length)).trim();
}

/** A line that does not begin as a list, a heading or a quotation. */
function paragraph(text: string): string {
  return line(text, LONGEST_TEXT).replace(/^([-+=:]|\d+(?=[.)]))/, (start) =>
    [...start].map((character) => `&#${character.charCodeAt(0)};`).join(''),
  );
}

/** A block of code; a text with a fence inside is written as code in lines. */
function codeLines(text: string, language: string): string {
  const lines = text.trimEnd().split('\n').map(printable);
  if (!text.includes('```')) return [`\`\`\`${language}`, ...lines, '```'].join('\n');
  return lines.map(markdownCode).join('<br>\n');
}
