import type { Evidence, Finding } from '../domain/finding.ts';
import { groupBy } from '../domain/group-by.ts';
import type { AuditReport } from '../domain/report.ts';
import { counted, listed } from '../wording/counted.ts';
import { formatCount, formatPercent } from '../wording/format-number.ts';
import { traitWords } from '../wording/trait-words.ts';

/** What good practice for segments of people is about. */
export const ASPECTS = [
  'data-minimisation',
  'naming',
  'proxies',
  'exposure',
  'consent',
  'retention',
  'transfer',
  'access',
  'transparency',
] as const;

export type Aspect = (typeof ASPECTS)[number];

/**
 * How observation and good practice compare:
 *
 * - `gap`: the audit found one;
 * - `open`: none was found, and a part of the aspect could not be concluded or was not recorded;
 * - `none-found`: all that the audit looks at was examined, and shows no gap;
 * - `not-examined`: nothing can be said. This is never a pass.
 */
export type GapStatus = 'gap' | 'open' | 'none-found' | 'not-examined';

export interface GapRow {
  readonly aspect: Aspect;
  readonly title: string;
  readonly observed: readonly string[];
  readonly goodPractice: string;
  readonly status: GapStatus;
  readonly gap: readonly string[];
  readonly action: readonly string[];
  /** Findings that make the gap, gravest first. */
  readonly findings: readonly Finding[];
}

/** What is known of one aspect, before it is judged. */
interface AspectFacts {
  readonly observed: readonly string[];
  /** What could not be concluded, or is not recorded. */
  readonly open: readonly string[];
  /** What was not looked at. */
  readonly missing: readonly string[];
  /** What to do to close what is open or missing. */
  readonly takes: readonly string[];
}

/** Remedies named in one row; the findings have all. */
const ACTIONS_SHOWN = 3;

/** Compares what the audit observed with what good practice asks for, aspect by aspect. Every row is made from the report alone. */
export function gapTable(report: AuditReport): readonly GapRow[] {
  return ASPECTS.map((aspect) => {
    const findings = report.findings.filter(({ evidence }) => evidence.some((item) => aspectOf(item) === aspect));
    const facts = FACTS[aspect](report);
    const status = statusOf(findings, facts);
    return {
      aspect,
      title: TITLES[aspect],
      observed: facts.observed.length === 0 ? ['Not examined.'] : facts.observed,
      goodPractice: GOOD_PRACTICE[aspect],
      status,
      gap: gapText(status, findings, facts),
      action: actionText(status, findings, facts),
      findings,
    };
  });
}

/** What the status of a row means, in a word or two. */
export function gapStatusText(status: GapStatus): string {
  switch (status) {
    case 'gap':
      return 'Gap';
    case 'open':
      return 'Not concluded';
    case 'none-found':
      return 'No gap found';
    case 'not-examined':
      return 'Not examined';
  }
}

const TITLES: Readonly<Record<Aspect, string>> = {
  'data-minimisation': 'Data minimisation',
  naming: 'Naming and content',
  proxies: 'Proxies',
  exposure: 'Exposure',
  consent: 'Purpose and consent',
  retention: 'Retention and review',
  transfer: 'Residency and transfer',
  access: 'Access',
  transparency: 'Transparency',
};

const GOOD_PRACTICE: Readonly<Record<Aspect, string>> = {
  'data-minimisation':
    'Collect and keep only what the purpose needs: no raw sensitive inputs, no plain identifiers, and no more segments than are used.',
  naming:
    'No name, description or content states a protected trait; a segment that did is ended, not renamed, and its people are not carried over.',
  proxies: 'For each trait, it is shown that membership does not stand in for it, in single segments and in pairs.',
  exposure: 'Groups are large enough, and memberships common enough, that nobody is singled out.',
  consent:
    'Each sensitive segment has a stated purpose and a lawful basis that fits it, such as explicit consent to this very use.',
  retention: 'Each sensitive segment has a short limit after which memberships are deleted, and a date of review.',
  transfer:
    'It is recorded where a sensitive segment is kept and to whom and where it goes, and it goes nowhere without need.',
  access: 'Few named roles can open a sensitive segment, dashboards do not show it to staff, and somebody owns it.',
  transparency: 'Each segment can be explained to the people in it: what it is made of, and why they are in it.',
};

/** The aspect that each attribute of a definition belongs to; attributes of a pack's own are about transparency. */
const ATTRIBUTES: Readonly<Record<string, Aspect>> = {
  purpose: 'consent',
  lawful_basis: 'consent',
  consent: 'consent',
  retention_days: 'retention',
  review_date: 'retention',
  regions: 'transfer',
  transfers: 'transfer',
  destinations: 'transfer',
  access_roles: 'access',
  staff_visible: 'access',
  owner: 'access',
};

function aspectOf(item: Evidence): Aspect {
  switch (item.kind) {
    case 'term':
    case 'topics':
    case 'lineage':
      return 'naming';
    case 'association':
    case 'probability':
    case 'composition':
      return 'proxies';
    case 'leakage':
      return 'data-minimisation';
    case 'exposure':
      return item.of === 'segment-size' || item.of === 'uniqueness' ? 'exposure' : 'data-minimisation';
    case 'consent':
      return 'consent';
    case 'governance':
      return ATTRIBUTES[item.attribute] ?? 'transparency';
  }
}

function statusOf(findings: readonly Finding[], { observed, open, missing }: AspectFacts): GapStatus {
  if (findings.length > 0) return 'gap';
  if (observed.length === 0) return 'not-examined';
  return open.length > 0 || missing.length > 0 ? 'open' : 'none-found';
}

function gapText(status: GapStatus, findings: readonly Finding[], { open, missing }: AspectFacts): readonly string[] {
  const rest = [...open, ...missing];
  if (status === 'none-found') return ['None found in what was examined.'];
  if (status !== 'gap') return rest;
  const rules = groupBy(findings, ({ title }) => title);
  return [
    ...[...rules].map(([title, list]) => `${title}: ${counted(list.length, 'finding')}${acceptedText(list)}.`),
    ...rest,
  ];
}

function acceptedText(findings: readonly Finding[]): string {
  const accepted = findings.filter(({ state }) => state !== 'new').length;
  if (accepted === 0) return '';
  return accepted === findings.length ? ', accepted' : `, ${formatCount(accepted)} of them accepted`;
}

function actionText(status: GapStatus, findings: readonly Finding[], { takes }: AspectFacts): readonly string[] {
  if (status === 'none-found') return ['Keep it so, and audit the next release.'];
  const remedies = [...new Set(findings.map(({ remedy }) => remedy))];
  const more = remedies.length - ACTIONS_SHOWN;
  return [
    ...remedies.slice(0, ACTIONS_SHOWN),
    ...(more > 0 ? [`And ${counted(more, 'further remedy', 'further remedies')}: see the findings.`] : []),
    ...takes,
  ];
}

const FACTS: Readonly<Record<Aspect, (report: AuditReport) => AspectFacts>> = {
  'data-minimisation': minimisationFacts,
  naming: namingFacts,
  proxies: proxyFacts,
  exposure: exposureFacts,
  consent: consentFacts,
  retention: (report) => governanceFacts(report, ['retention_days', 'review_date'], ['retention_days', 'review_date']),
  transfer: (report) =>
    governanceFacts(report, ['regions', 'transfers', 'destinations'], ['regions', 'transfers', 'destinations']),
  access: (report) =>
    governanceFacts(report, ['access_roles', 'staff_visible', 'owner'], ['access_roles', 'staff_visible', 'owner']),
  transparency: transparencyFacts,
};

function minimisationFacts({ exposure, leakage }: AuditReport): AspectFacts {
  const observed: string[] = [];
  const missing: string[] = [];
  if (exposure === null) missing.push('Identifiers and raw inputs were not examined.');
  else {
    const inputs = new Set(exposure.rawInputs.map(({ segment }) => segment));
    const columns = new Set(exposure.identifiers.map(({ column }) => column));
    observed.push(
      inputs.size === 0
        ? 'No definition names a raw sensitive input.'
        : `${counted(inputs.size, 'segment is', 'segments are')} made of raw sensitive inputs: ${listed([...new Set(exposure.rawInputs.map(({ title }) => title))])}.`,
      columns.size === 0
        ? 'No column was seen to hold raw identifiers.'
        : `${counted(columns.size, 'column holds', 'columns hold')} what looks like raw identifiers.`,
    );
  }
  const measured = leakage.filter(({ suppressed }) => !suppressed);
  const beyond = measured.filter(({ auc, bound }) => bound !== null && Number(auc.lower ?? 0) > bound);
  const unbounded = measured.filter(({ bound }) => bound === null);
  if (leakage.length === 0) missing.push('What all segments together tell was not measured.');
  else {
    observed.push(
      `All segments together tell ${formatCount(beyond.length)} of ${counted(measured.length, 'trait value')} better than the bound allows.`,
    );
    if (unbounded.length > 0) observed.push(`${counted(unbounded.length, 'value has', 'values have')} no bound.`);
    const hidden = leakage.length - measured.length;
    if (hidden > 0) missing.push(`For ${counted(hidden, 'value')}, too few users are labelled to show it.`);
  }
  const drop = new Set(beyond.flatMap(({ removal }) => removal.map(({ segment }) => segment)));
  const takes = drop.size === 0 ? [] : [`Consider dropping the ${counted(drop.size, 'segment')} of the removal curve.`];
  return {
    observed,
    open: [],
    missing,
    takes: [...takes, ...(missing.length === 0 ? [] : ['Audit with assignments and a panel.'])],
  };
}

function namingFacts({ summary, segments, lineage, notices, findings }: AuditReport): AspectFacts {
  const hasWords = summary.examined.includes('words') && !notices.some(({ code }) => code === 'no-words');
  const observed: string[] = [];
  const missing: string[] = [];
  const takes: string[] = [];
  if (hasWords) {
    const stating = new Set(
      findings
        .filter(({ evidence }) => evidence.some((item) => item.kind === 'term' || item.kind === 'topics'))
        .map(({ segment }) => segment),
    );
    observed.push(
      `${formatCount(stating.size)} of ${counted(segments.length, 'segment')} ${stating.size === 1 ? 'has' : 'have'} words that name or suggest a trait.`,
    );
  } else {
    missing.push('There were no words to read.');
    takes.push('Give the definitions with the names and descriptions that people work with.');
  }
  if (lineage.length > 0) {
    const renamed = lineage.filter(({ kind }) => kind === 'renamed').length;
    observed.push(
      `${counted(renamed, 'segment')} of the earlier export ${renamed === 1 ? 'is' : 'are'} there under another name.`,
    );
  } else {
    missing.push('Renaming was not examined: no earlier export was compared.');
    takes.push('Give the release before, to see which segments live on under another name.');
  }
  return { observed, open: [], missing, takes };
}

function proxyFacts({ summary, probabilities }: AuditReport): AspectFacts {
  const { tested, proxy, cleared, inconclusive, untestable } = summary.associations;
  const takes = 'Enlarge the panel where it is too small, and treat what is inconclusive as not cleared.';
  if (!summary.examined.includes('membership') && probabilities.length === 0)
    return {
      observed: [],
      open: [],
      missing: ['Membership was not tested, so any segment can be a proxy.'],
      takes: ['Gather a panel of users who gave their traits and agreed to this use.'],
    };
  const observed = [
    `Of ${counted(tested, 'comparison')} with the panel, ${formatCount(proxy)} show a proxy, ${formatCount(cleared)} are cleared and ${formatCount(inconclusive)} are inconclusive.`,
    `Traits compared: ${listed(summary.traitsTested.map(traitWords)) || 'none'}.`,
  ];
  const pairs = summary.compositions;
  if (pairs !== null)
    observed.push(`${counted(pairs.pairs, 'pair')} of segments ${pairs.pairs === 1 ? 'was' : 'were'} searched.`);
  const open = [
    ...(inconclusive > 0 ? [`${counted(inconclusive, 'comparison is', 'comparisons are')} inconclusive.`] : []),
    ...(untestable > 0 ? [`${counted(untestable, 'comparison')} could not be made.`] : []),
  ];
  const missing = pairs === null ? ['Pairs of segments were not searched.'] : [];
  return { observed, open, missing, takes: open.length + missing.length === 0 ? [] : [takes] };
}

function exposureFacts({ exposure }: AuditReport): AspectFacts {
  if (exposure === null)
    return {
      observed: [],
      open: [],
      missing: ['Sizes and uniqueness were not examined.'],
      takes: ['Give the assignments.'],
    };
  const { smallSegments, uniqueShare, byMemberships } = exposure;
  const { below, segments } = smallSegments;
  const observed = [
    segments === 0
      ? `No segment has fewer than ${below} members.`
      : `${counted(segments, 'segment has', 'segments have')} fewer than ${below} members.`,
    ...(uniqueShare === null
      ? []
      : [`${formatPercent(uniqueShare)} of users have a set of segments that nobody else has.`]),
    ...byMemberships.flatMap((row) => (row.uniqueShare === null ? [] : [singledOut(row.memberships, row.uniqueShare)])),
  ];
  const hidden = byMemberships.filter((row) => row.uniqueShare === null).map(({ memberships }) => memberships);
  const open = [
    ...(uniqueShare !== null && uniqueShare > 0
      ? ['No rule bounds how many users may be unique by all their segments: a person has to decide.']
      : []),
  ];
  const missing = [
    ...(uniqueShare === null ? ['How many users are unique by all their segments is not known, or hidden.'] : []),
    ...(hidden.length === 0
      ? []
      : [`How many users ${hidden.join(' or ')} known memberships single out is hidden, or was not measured.`]),
  ];
  const takes =
    open.length === 0 ? [] : ['Drop or coarsen segments, or keep sets of memberships from leaving together.'];
  return { observed, open, missing, takes };
}

function singledOut(memberships: number, share: number): string {
  const known = counted(memberships, 'known membership');
  const verb = memberships === 1 ? 'singles' : 'single';
  return share === 0
    ? `${known} ${verb} out none of the sampled users.`
    : `${known} ${verb} out ${formatPercent(share)} of the sampled users.`;
}

/**
 * @param attributes - what the row is about
 * @param asked - those that each sensitive segment should record
 */
function governanceFacts(report: AuditReport, attributes: readonly string[], asked: readonly string[]): AspectFacts {
  const { governance } = report;
  const takes = [`Record ${listed(asked.map(attributeWords))} in the definitions of sensitive segments.`];
  if (governance.length === 0) return { observed: [], open: [], missing: [whyNoGovernance(report)], takes };
  const without = (name: string): number => governance.filter((row) => (row.attributes[name] ?? null) === null).length;
  const lines = attributes.map(
    (name) => `${attributeWords(name)} for ${formatCount(governance.length - without(name))}`,
  );
  const open = asked
    .filter((name) => without(name) > 0)
    .map(
      (name) =>
        `No ${attributeWords(name)} for ${formatCount(without(name))} of ${counted(governance.length, 'segment')}.`,
    );
  return {
    observed: [
      `Of ${counted(governance.length, 'segment')} that ${governance.length === 1 ? 'gives' : 'give'} a trait away, definitions record: ${lines.join(', ')}.`,
    ],
    open,
    missing: [],
    takes: open.length === 0 ? [] : takes,
  };
}

function consentFacts(report: AuditReport): AspectFacts {
  const recorded = governanceFacts(report, ['purpose', 'lawful_basis', 'consent'], ['purpose', 'lawful_basis']);
  const { consent } = report;
  if (consent === null)
    return {
      ...recorded,
      missing: [...recorded.missing, 'What each member consented to was not compared.'],
      takes: [...recorded.takes, 'Give the record of consent.'],
    };
  const compared = consent.filter(({ status }) => status === 'counted');
  const without = compared.filter(({ membersWithout, suppressed }) => suppressed || (membersWithout ?? 0) > 0).length;
  const unnamed = consent.length - compared.length;
  return {
    observed: [
      ...recorded.observed,
      `Consent was compared for ${counted(compared.length, 'segment and trait', 'segments and traits')}: for ${formatCount(without)}, members without it are there, or cannot be ruled out.`,
    ],
    open: [
      ...recorded.open,
      ...(unnamed === 0
        ? []
        : [
            `For ${counted(unnamed, 'segment and trait', 'segments and traits')}, no purpose is recorded to compare with.`,
          ]),
    ],
    missing: recorded.missing,
    takes: recorded.takes,
  };
}

function whyNoGovernance({ notices }: AuditReport): string {
  return notices.some(({ code }) => code === 'governance-not-recorded')
    ? 'No definition records anything of the kind.'
    : 'No segment with a definition was found to give a trait away, so nothing was compared.';
}

function transparencyFacts({ segments, summary }: AuditReport): AspectFacts {
  if (segments.length === 0)
    return { observed: [], open: [], missing: ['There was no segment to look at.'], takes: ['Give the definitions.'] };
  const nameless = segments.filter(({ name }) => name === null || !/\p{L}/u.test(name)).length;
  const undefinedCount = segments.filter(({ location }) => location === undefined).length;
  const observed = [
    `${formatCount(segments.length - nameless)} of ${counted(segments.length, 'segment')} ${segments.length - nameless === 1 ? 'has' : 'have'} a name in words.`,
    ...(undefinedCount === 0 ? [] : [`${counted(undefinedCount, 'segment has', 'segments have')} no definition.`]),
    summary.examined.includes('topics')
      ? 'Definitions say what segments are made of.'
      : 'No definition says what a segment is made of.',
  ];
  const open = [
    ...(nameless > 0
      ? [
          `${counted(nameless, 'segment')} cannot be explained by ${nameless === 1 ? 'its' : 'their'} name. A number protects nobody: it hides the meaning from those who could object.`,
        ]
      : []),
    ...(summary.examined.includes('topics') ? [] : ['What segments are made of is not recorded.']),
  ];
  const missing = ['Whether the people in a segment are told, and can object, is not in the files that were audited.'];
  return {
    observed,
    open,
    missing,
    takes: [
      ...(open.length > 0 ? ['Record for each segment what it is made of, in words that do not state a trait.'] : []),
      'Check by hand that people are told and can object.',
    ],
  };
}

function attributeWords(name: string): string {
  return name === 'retention_days' ? 'a retention limit' : name.replaceAll('_', ' ');
}
