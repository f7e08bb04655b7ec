import { IDENTIFIABILITY, type IdentifierShape } from '../../domain/exposure.ts';
import type { ExposureEvidence } from '../../domain/finding.ts';
import { WHOLE_EXPORT } from '../../domain/leakage.ts';
import type { EvidenceSet } from '../../evidence/evidence-set.ts';
import { formatPercent } from '../../wording/format-number.ts';
import { type Rule, severityOn } from '../pack.ts';
import type { Claim, RuleKind, WordingContext } from '../rule-kind.ts';

type ExposureConditions =
  | { readonly of: 'segment-size'; readonly smallSegment?: number }
  | { readonly of: 'uniqueness'; readonly memberships: number; readonly share: number }
  | { readonly of: 'identifiers'; readonly shapes: readonly IdentifierShape[]; readonly share: number }
  | { readonly of: 'raw-inputs'; readonly inputs?: readonly string[] };

const SHAPES: Readonly<Record<IdentifierShape, string>> = {
  email: 'e-mail addresses',
  guid: 'advertising or device ids (GUIDs)',
  mac: 'hardware addresses of devices',
  ipv4: 'IPv4 addresses',
  ipv6: 'IPv6 addresses',
  phone: 'phone numbers',
  sha256: 'SHA-256 hashes',
  sha1: 'SHA-1 hashes',
  md5: 'MD5 hashes',
  sequential: 'numbers counted up one by one',
};

const share = { type: 'number', exclusiveMinimum: 0, maximum: 1 } as const;

/** Fires when an export singles people out: tiny segments, unique memberships, raw identifiers, raw inputs. */
export const exposureKind: RuleKind = {
  whenSchema: {
    oneOf: [
      variant('segment-size', {
        smallSegment: { type: 'integer', minimum: 2, description: 'Segments with fewer members. Default: minCell.' },
      }),
      variant(
        'uniqueness',
        {
          memberships: { type: 'integer', minimum: 1, maximum: 3, description: 'How many memberships are known.' },
          share: { ...share, description: 'Least share of users that they single out.' },
        },
        ['memberships', 'share'],
      ),
      variant(
        'identifiers',
        {
          shapes: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: Object.keys(SHAPES) } },
          share: { ...share, description: 'Least share of the distinct values of a column.' },
        },
        ['shapes', 'share'],
      ),
      variant('raw-inputs', {
        inputs: {
          type: 'array',
          minItems: 1,
          uniqueItems: true,
          items: { type: 'string' },
          description: 'Ids of the shipped list.',
        },
      }),
    ],
  },

  evaluate(rule, evidence, covers) {
    if (!covers(IDENTIFIABILITY)) return { claims: [], verdicts: [] };
    return {
      claims: [...evidenceBySegment(rule, evidence)].map(
        ([segment, items]): Claim => ({
          segment,
          trait: IDENTIFIABILITY,
          severity: severityOn(rule, IDENTIFIABILITY),
          verdict: null,
          evidence: items,
        }),
      ),
      verdicts: [],
    };
  },

  wasExamined(rule, { segments, exposure }) {
    const { of } = conditionsOf(rule);
    if (of === 'raw-inputs') return segments.length > 0;
    return exposure !== null && segments.some(({ members, suppressed }) => suppressed || (members ?? 0) > 0);
  },

  word(_rule, claim, context) {
    const items = claim.evidence.filter((item) => item.kind === 'exposure');
    return items.map((item) => sentence(item, claim, context)).join(' ');
  },

  explain(rule) {
    const when = conditionsOf(rule);
    switch (when.of) {
      case 'segment-size':
        return `Fires on segments with at least one member and fewer than ${when.smallSegment ?? 'the small-cell limit'}; the number itself is never shown.`;
      case 'uniqueness':
        return `Draws up to 1,000 users and ${when.memberships} of each one's memberships, with a fixed seed; fires when at least ${formatPercent(when.share)} of them are the only users with these.`;
      case 'identifiers':
        return `Looks at up to 10,000 distinct values of every column of the assignments; fires when at least ${formatPercent(when.share)} look like ${when.shapes.map((shape) => SHAPES[shape]).join(', ')}. Values are never shown.`;
      case 'raw-inputs':
        return 'Compares topics, and the attributes features, inputs, signals, sources, data_sources, columns and fields of definitions, with the list in rules/raw-inputs.yaml.';
    }
  },
};

function variant(of: string, properties: Record<string, unknown>, required: readonly string[] = []): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['of', ...required],
    properties: { of: { const: of }, ...properties },
  };
}

function sentence(item: ExposureEvidence, claim: Claim, { nameOf, exposure }: WordingContext): string {
  switch (item.of) {
    case 'segment-size':
      return `"${nameOf(claim.segment)}" has fewer than ${item.below} members, so being in it says much about each of them.`;
    case 'uniqueness': {
      const row = exposure?.byMemberships.find(({ memberships }) => memberships === item.memberships);
      const known = row?.uniqueShare ?? null;
      const users = known === null ? 'Many users' : `${formatPercent(known)} of users`;
      const words =
        item.memberships === 1
          ? 'one of their memberships'
          : `${item.memberships} of their memberships, drawn at random,`;
      return `${users} are the only ones with ${words}: whoever knows that much about a person finds all the rest.`;
    }
    case 'identifiers': {
      const row = exposure?.identifiers.find(({ column, shape }) => column === item.column && shape === item.shape);
      const known = row?.share ?? null;
      const values = known === null ? 'Values' : `${formatPercent(known)} of the values`;
      const isHash = /^(md5|sha1|sha256)$/.test(item.shape);
      const caveat = isHash
        ? ' Hashes of e-mail addresses or phone numbers can be looked up unless they were salted, which their look does not tell.'
        : '';
      return `${values} of the column "${item.column}" look like ${SHAPES[item.shape]}.${caveat}`;
    }
    case 'raw-input':
      return `The definition of "${nameOf(claim.segment)}" is made of ${item.title}: "${item.term}" in its ${item.field}.`;
  }
}

function conditionsOf(rule: Rule): ExposureConditions {
  return rule.when as unknown as ExposureConditions;
}

/** What a rule finds, by segment. */
function evidenceBySegment(rule: Rule, evidence: EvidenceSet): ReadonlyMap<string, readonly ExposureEvidence[]> {
  const found = new Map<string, ExposureEvidence[]>();
  const add = (segment: string, item: ExposureEvidence): void => {
    found.set(segment, [...(found.get(segment) ?? []), item]);
  };
  const when = conditionsOf(rule);
  const { exposure, segments } = evidence;
  switch (when.of) {
    case 'segment-size': {
      const below = when.smallSegment ?? exposure?.smallBelow ?? 0;
      for (const { segment, members = 0 } of segments) {
        if (members > 0 && members < below) add(segment, { kind: 'exposure', of: 'segment-size', below });
      }
      break;
    }
    case 'uniqueness': {
      const row = exposure?.counts?.byMemberships.find(({ memberships }) => memberships === when.memberships);
      if (row !== undefined && row.sampled > 0 && row.unique / row.sampled >= when.share) {
        add(WHOLE_EXPORT.segment, { kind: 'exposure', of: 'uniqueness', memberships: when.memberships });
      }
      break;
    }
    case 'identifiers':
      for (const { column, values, shapes } of exposure?.counts?.columns ?? []) {
        for (const { shape, values: alike } of shapes) {
          if (!when.shapes.includes(shape) || alike / values < when.share) continue;
          add(WHOLE_EXPORT.segment, { kind: 'exposure', of: 'identifiers', column, shape });
        }
      }
      break;
    case 'raw-inputs':
      for (const { segment, input, title, field, term } of exposure?.rawInputs ?? []) {
        if (when.inputs?.includes(input) ?? true)
          add(segment, { kind: 'exposure', of: 'raw-input', input, title, field, term });
      }
      break;
  }
  return found;
}
