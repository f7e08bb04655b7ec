import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plantedExport } from './planted-export.mjs';

/**
 * Writes a planted export to a temporary folder, audits it with default settings, and removes it.
 *
 * @param options - as for `plantedExport`
 * @param api - `audit` and `parseConfig`; those of the build in dist/ by default
 * @returns the `report` and the `truth`
 */
export async function auditPlanted(options, api) {
  const { audit, parseConfig } = api ?? (await import('../dist/index.js'));
  const planted = plantedExport(options);
  const folder = await mkdtemp(join(tmpdir(), 'planted-'));
  try {
    await writeFile(join(folder, 'assignments.csv'), planted.assignments);
    await writeFile(join(folder, 'traits.csv'), planted.traits);
    const value = { assignments: 'assignments.csv', traits: 'traits.csv', failOn: 'never' };
    const config = parseConfig(value, { folder, locate: () => ({ file: '' }) });
    const report = await audit(config, { now: new Date(0), temporaryDirectory: async () => folder });
    return { report, truth: planted.truth };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const TRAITS = { orientation: 'sexual_orientation', ethnicity: 'ethnicity_race', age: 'age' };

/**
 * Counts right and wrong flags. The unit is a segment and a trait: flagged when a rule claims any of the trait's values.
 *
 * A flag is false when the segment does not go with the trait. Weak signals (1.02 to 1.2 times) are left out of that, as their flags are
 * neither wrong nor asked for; so are ethnicity flags of country-only segments, which go with ethnicity all right.
 */
export function judgePlanted({ report, truth }) {
  const claims = report.findings.filter(({ evidence }) => evidence.some(({ kind }) => kind === 'association'));
  const claimsOf = (segment, trait) => claims.filter((claim) => claim.segment === segment && claim.trait === trait);
  const rowOf = (segment, trait, value) =>
    report.associations.find((row) => row.segment === segment && row.trait === trait && row.value === value);
  const count = {
    flags: 0,
    falseFlags: 0,
    strong: 0,
    found: 0,
    direct: 0,
    directFound: 0,
    weak: 0,
    weakFlagged: 0,
    country: 0,
    unexplained: 0,
  };
  for (const { segment, kind, trait, value, strength } of truth) {
    for (const tested of Object.values(TRAITS)) {
      const here = claimsOf(segment, tested);
      const isTarget = TRAITS[trait] === tested;
      if (kind === 'country-only' && tested === TRAITS.ethnicity) {
        count.country += here.length;
        count.unexplained += here.filter((claim) => {
          return rowOf(segment, tested, claim.value)?.conditional?.relation !== 'explained';
        }).length;
      } else if (kind === 'weak' && isTarget) {
        count.weak += 1;
        if (here.length > 0) count.weakFlagged += 1;
      } else {
        if (here.length > 0) count.flags += 1;
        if (here.length > 0 && !(kind === 'direct' && isTarget)) count.falseFlags += 1;
      }
      if (kind === 'direct' && isTarget) {
        const isFound = here.some((claim) => claim.value === value);
        count.direct += 1;
        if (isFound) count.directFound += 1;
        const detectable = rowOf(segment, tested, value)?.minimumDetectableRatio ?? Number.POSITIVE_INFINITY;
        if (strength > detectable) count.strong += 1;
        if (strength > detectable && isFound) count.found += 1;
      }
    }
  }
  return count;
}
