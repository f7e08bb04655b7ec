// Takes generated panels through the steps that an audit takes after counting. Needs a build of the sources in dist/.
import { tablesFromCells } from '../dist/engine/tables-from-cells.js';
import { measureAssociations } from '../dist/evidence/associations.js';
import { EMPTY_EVIDENCE } from '../dist/evidence/evidence-set.js';
import { controlMultiplicity } from '../dist/evidence/multiplicity.js';
import { judgeEvidence } from '../dist/rules/judge-evidence.js';
import { loadPack } from '../dist/rules/load-pack.js';

const CONTROL = { method: 'bh', family: 'run', level: 0.05 };
const recommended = await loadPack('recommended', '.');

/**
 * Judges segments of a generated panel by a pack's association rules.
 *
 * @param members - `{ traits: { trait: value or null }, stratum, weight }` each; stratum and weight may be left out
 * @param segments - indexes of members by segment id
 * @returns rows with their verdict, relation and claim, by `segment trait value`; and the run
 */
export function judgePanel(members, segments, { pack = recommended, isWeighted = false } = {}) {
  const everyone = members.keys();
  const totals = [...countCells(members, everyone).values()];
  const cells = [...segments].flatMap(([segment, indexes]) =>
    [...countCells(members, indexes).values()].map((cell) => ({ segment, ...cell })),
  );
  return judgeTables(tablesFromCells([...segments.keys()], totals, cells), { pack, isWeighted });
}

/** Judges tables as a count source gives them. */
export function judgeTables(tables, { pack = recommended, isWeighted = false } = {}) {
  const measured = measureAssociations(tables, { protectedValues: new Map(), isWeighted });
  const run = controlMultiplicity(measured, CONTROL);
  const judgement = judgeEvidence([pack], { ...EMPTY_EVIDENCE, strata: ['stratum'], ...run });
  const rows = new Map(
    run.associations.map((row, place) => [
      keyOf(row),
      { ...withoutGetters(row), verdict: null, claim: null, ...judgement.verdicts[place] },
    ]),
  );
  for (const { claim } of judgement.claims) rows.get(keyOf(claim)).claim = claim.evidence[0].direction;
  return { rows, run };
}

/** A row whose properties are its own: in a run they are read from columns. */
function withoutGetters(row) {
  const read = {};
  for (let type = Object.getPrototypeOf(row); type !== Object.prototype; type = Object.getPrototypeOf(type))
    for (const name of Object.getOwnPropertyNames(type)) if (name !== 'constructor') read[name] = row[name];
  return read;
}

/** Key of a row in {@link judgePanel}. */
export function keyOf({ segment, trait, value }) {
  return `${segment} ${trait} ${value}`;
}

/** The table of one segment whose value is held or not, without strata, weights and unknown values. */
export function plainTables(segment, trait, { a, b, c, d }) {
  const moments = (count) => ({ members: count, weight: count, squaredWeight: count });
  const [inValue, inOther, outValue, outOther] = [a, b, c, d].map(moments);
  const shared = { segment, trait, stratum: '', inUnknown: 0, outUnknown: 0 };
  return [
    { ...shared, value: 'no', inValue: inOther, inOther: inValue, outValue: outOther, outOther: outValue },
    { ...shared, value: 'yes', inValue, inOther, outValue, outOther },
  ];
}

function countCells(members, indexes) {
  const cells = new Map();
  for (const index of indexes) {
    const { traits, stratum = '', weight = 1 } = members[index];
    for (const trait of Object.keys(traits)) {
      const value = traits[trait];
      const key = `${trait}\0${value}\0${value === null}\0${stratum}`;
      const cell = cells.get(key) ?? { trait, value, stratum, members: 0, weight: 0, squaredWeight: 0 };
      cell.members += 1;
      cell.weight += weight;
      cell.squaredWeight += weight * weight;
      cells.set(key, cell);
    }
  }
  return cells;
}
