import { compareText } from '../domain/order.ts';
import type { PrivateCounts } from '../domain/private-counts.ts';
import type { InputRecord } from '../domain/report.ts';
import { discreteLaplace, type Fraction, releaseThreshold } from '../statistics/discrete-laplace.ts';
import { noiseSource } from './noise-source.ts';
import type { CellTable } from './small-cells.ts';

/** What the noise depends on. */
export interface PrivacyOptions {
  /** Of all counts together; from 0.001 to 1. */
  readonly epsilon: number;
  readonly secret: Uint8Array;
}

/** The exact counts, and the inputs that they were made from. */
export interface ExactCounts {
  readonly inputs: readonly InputRecord[];
  readonly users: number | undefined;
  readonly panelUsers: number | undefined;
  readonly tables: readonly CellTable[];
  readonly minCell: number;
}

/** Chance that the noise lets a value through that one person alone has. */
const DELTA = 1e-6;

/** Files that a person's rows stand in. */
const ROLES: ReadonlySet<InputRecord['role']> = new Set(['assignments', 'traits', 'counts']);

/**
 * Adds discrete Laplace noise to the counts of people that the publishable edition shows.
 *
 * One person is at most one of the users of the export, one of the panel, and has at most one value of each trait (users with two are left
 * out of the panel), so with T traits adding or removing a person changes at most T + 2 counts by 1 each. Every count gets epsilon / (T + 2); the
 * privacy of all together is their sum, epsilon. Which values occur is in the data too: values below a threshold are left out, whose height
 * lets a person who alone has them through with probability `delta` at most.
 *
 * The noise follows from the secret, the digests of the files with people in them, epsilon and the name of the count: running the audit again gives
 * the same noise, so it cannot be averaged away.
 */
export function showPrivateCounts(exact: ExactCounts, { epsilon, secret }: PrivacyOptions): PrivateCounts {
  const totals = valueTotals(exact.tables);
  const traits = new Set(totals.map(({ trait }) => trait)).size;
  const counted = [exact.users, exact.panelUsers].filter((count) => count !== undefined).length;
  const changes = Math.max(1, traits + counted);
  const share = shareOf(epsilon, changes);
  const epsilonPerCount = Number(share.numerator) / Number(share.denominator);
  const threshold = Math.max(exact.minCell, releaseThreshold(epsilonPerCount, DELTA, Math.max(1, traits)));
  const digests = exact.inputs
    .filter(({ role }) => ROLES.has(role))
    .map(({ role, sha256 }) => `${role} ${sha256}`)
    .sort(compareText);
  const noisy = (name: readonly string[], count: number): number => {
    const purpose = ['traitleak noise 1', ...digests, String(epsilon), String(changes), ...name];
    return count + Number(discreteLaplace(share, noiseSource(secret, purpose)));
  };
  const people = (name: string, count: number | undefined): number | null => {
    if (count === undefined) return null;
    const shown = noisy([name], count);
    return shown < exact.minCell ? null : shown;
  };
  return {
    mechanism: 'discrete-laplace',
    epsilon,
    epsilonPerCount,
    delta: DELTA,
    threshold,
    users: people('users', exact.users),
    panelUsers: people('panel users', exact.panelUsers),
    values: totals
      .map(({ trait, value, members }) => ({ trait, value, members: noisy(['value', trait, value], members) }))
      .filter(({ members }) => members >= threshold),
  };
}

/** Epsilon as written, in equal parts, as a fraction of whole numbers. */
function shareOf(epsilon: number, parts: number): Fraction {
  const [whole = '0', decimals = ''] = String(epsilon).split('.');
  return { numerator: BigInt(whole + decimals), denominator: 10n ** BigInt(decimals.length) * BigInt(parts) };
}

/** Panel members by value. Tables of ready-made counts may differ from segment to segment: the largest is taken, which one person changes by 1. */
function valueTotals(
  tables: readonly CellTable[],
): readonly { readonly trait: string; readonly value: string; readonly members: number }[] {
  const totals = new Map<string, { trait: string; value: string; members: number }>();
  for (const { trait, value, table } of tables) {
    const key = JSON.stringify([trait, value]);
    const members = Math.max(totals.get(key)?.members ?? 0, table.a + table.c);
    totals.set(key, { trait, value, members });
  }
  return [...totals.values()].sort((a, b) => compareText(a.trait, b.trait) || compareText(a.value, b.value));
}
