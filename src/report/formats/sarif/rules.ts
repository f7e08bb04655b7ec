import type { Finding, LawReference } from '../../../domain/finding.ts';
import { compareText } from '../../../domain/order.ts';
import { type Severity, severityRank } from '../../../domain/severity.ts';
import { escapeMarkdown } from '../../../wording/escape-markdown.ts';
import { lawText } from '../../../wording/law-text.ts';
import { SARIF_LEVELS, type SarifRule, sarifMessage } from './log.ts';

/** GitHub shows 9.0 and above as critical, from 7.0 as high, from 4.0 as medium, and the rest as low. */
const SECURITY_SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
};

/** GitHub shows ten tags. */
const MOST_TAGS = 10;

/** Lists the rules behind the findings, by id. The level and score of a rule are those of its gravest finding. */
export function sarifRules(findings: readonly Finding[]): readonly SarifRule[] {
  const gravest = new Map<string, Finding>();
  for (const finding of findings) {
    const other = gravest.get(finding.rule);
    if (other === undefined || severityRank(finding.severity) < severityRank(other.severity)) {
      gravest.set(finding.rule, finding);
    }
  }
  return [...gravest.values()].sort((a, b) => compareText(a.rule, b.rule)).map(toRule);
}

function toRule({ rule, title, severity, pack, law, remedy }: Finding): SarifRule {
  return {
    id: rule,
    name: pascalCase(rule),
    shortDescription: sarifMessage(title),
    fullDescription: sarifMessage(law.length === 0 ? title : `${title}. Law: ${law.map(lawText).join('; ')}.`),
    help: {
      text: sarifMessage(`What to do: ${remedy}${law.length === 0 ? '' : `\nLaw: ${law.map(lawText).join('; ')}.`}`)
        .text,
      markdown: helpMarkdown(remedy, law),
    },
    defaultConfiguration: { level: SARIF_LEVELS[severity] },
    properties: {
      'security-severity': SECURITY_SEVERITIES[severity],
      tags: [...new Set(['security', 'privacy', pack, ...law.map(({ id }) => id)])].slice(0, MOST_TAGS),
    },
  };
}

function helpMarkdown(remedy: string, law: readonly LawReference[]): string {
  const list = law.map((reference) => {
    const check = reference.verify === undefined ? '' : `. To verify: ${reference.verify}`;
    return `- ${escapeMarkdown(`${lawText(reference)}${check}`)}`;
  });
  return [`**What to do.** ${escapeMarkdown(remedy)}`, ...(list.length === 0 ? [] : ['', '**Law**', '', ...list])].join(
    '\n',
  );
}

/** SARIF wants a name that reads as an identifier: `name-states-special` is `NameStatesSpecial`. */
function pascalCase(id: string): string {
  return id
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}
