import type { CountSource } from '../count-source.ts';
import type { Database } from './database.ts';

/** What a question to the engine is called while it is answered. */
const PHASES: Readonly<Partial<Record<keyof CountSource, string>>> = {
  countTables: 'comparing segments with the panel',
  countPseudoSegments: 'comparing groups without a segment',
  countProbabilities: 'adding up probabilities',
  countPlanted: 'planting proxies',
  openAttack: 'predicting traits from all memberships',
  countPairs: 'searching pairs of segments',
  countLineage: 'comparing with the earlier export',
  countExposure: 'looking for users who stand out',
  countConsent: 'counting consent',
};

/** The same source, which says what it is doing. */
export function announcedSource(source: CountSource, { begin }: Pick<Database, 'begin'>): CountSource {
  const announced = Object.entries(source).map(([key, method]) => {
    const phase = PHASES[key as keyof CountSource];
    if (phase === undefined) return [key, method];
    return [
      key,
      (...args: never[]): unknown => {
        begin(phase);
        return (method as (...given: never[]) => unknown)(...args);
      },
    ];
  });
  return Object.fromEntries(announced) as CountSource;
}
