import type { CellCount, PanelTotal } from '../../src/engine/count-source.ts';
import { tablesFromCells } from '../../src/engine/tables-from-cells.ts';
import { measureAssociations } from '../../src/evidence/associations.ts';
import { EMPTY_EVIDENCE } from '../../src/evidence/evidence-set.ts';
import { controlMultiplicity } from '../../src/evidence/multiplicity.ts';
import type { TestedAssociation } from '../../src/evidence/tested-row.ts';
import { judgeEvidence } from '../../src/rules/judge-evidence.ts';
import { loadPack } from '../../src/rules/load-pack.ts';
import type { RulePack } from '../../src/rules/pack.ts';
import type { AssociationVerdict } from '../../src/rules/rule-kind.ts';
import type { TwoByTwo } from '../../src/statistics/two-by-two.ts';

const CONTROL = { method: 'bh', family: 'run', level: 0.05 } as const;
const recommended: RulePack = await loadPack('recommended', '.');

/** A member of a panel: the value of the one trait, the stratum, and the segments. */
export interface Member {
  readonly value: string | null;
  readonly stratum: string;
  readonly segments: readonly string[];
}

export interface JudgedRun {
  readonly associations: readonly TestedAssociation[];
  readonly verdicts: readonly (AssociationVerdict | undefined)[];
}

/** Counts members as an engine does and judges all segments by the recommended pack. */
export function judgeMembers(members: readonly Member[], segments: readonly string[]): JudgedRun {
  const totals = new Map<string, PanelTotal>();
  const cells = new Map<string, CellCount>();
  for (const { value, stratum, segments: own } of members) {
    const total = { trait: 'sexual_orientation', value, stratum };
    add(totals, JSON.stringify([value, stratum]), { ...total, members: 0, weight: 0, squaredWeight: 0 });
    for (const segment of own) {
      add(cells, JSON.stringify([segment, value, stratum]), {
        ...total,
        segment,
        members: 0,
        weight: 0,
        squaredWeight: 0,
      });
    }
  }
  const tables = tablesFromCells(segments, [...totals.values()], [...cells.values()]);
  const measured = measureAssociations(tables, { protectedValues: new Map(), isWeighted: false });
  const run = controlMultiplicity(measured, CONTROL);
  const { verdicts } = judgeEvidence([recommended], { ...EMPTY_EVIDENCE, strata: ['country'], ...run });
  return { associations: run.associations.map(withoutGetters), verdicts };
}

/** A row whose properties are its own, so that rows can be compared; the number of its table tells nothing. */
function withoutGetters(row: TestedAssociation): TestedAssociation {
  const read: Record<string, unknown> = {};
  for (let type = Object.getPrototypeOf(row); type !== Object.prototype; type = Object.getPrototypeOf(type))
    for (const name of Object.getOwnPropertyNames(type))
      if (name !== 'constructor') read[name] = row[name as keyof TestedAssociation];
  return { ...(read as unknown as TestedAssociation), tableNumber: 0 };
}

/** The verdict on one table alone, of the value that its first column counts. */
export function judgeTable({ a, b, c, d }: TwoByTwo): AssociationVerdict {
  const moments = (members: number) => ({ members, weight: members, squaredWeight: members });
  const counts = { inValue: moments(a), inOther: moments(b), outValue: moments(c), outOther: moments(d) };
  const table = { segment: 's', trait: 'sexual_orientation', value: 'lgb', stratum: '', inUnknown: 0, outUnknown: 0 };
  const measured = measureAssociations([{ ...table, ...counts }], { protectedValues: new Map(), isWeighted: false });
  const run = controlMultiplicity(measured, CONTROL);
  return judgeEvidence([recommended], { ...EMPTY_EVIDENCE, ...run }).verdicts[0]!;
}

function add<Cell extends PanelTotal>(cells: Map<string, Cell>, key: string, empty: Cell): void {
  const { members, ...cell } = cells.get(key) ?? empty;
  cells.set(key, { ...cell, members: members + 1, weight: members + 1, squaredWeight: members + 1 } as Cell);
}
