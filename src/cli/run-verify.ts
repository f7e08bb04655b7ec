import { resolve } from 'node:path';
import { isFolder } from '../config/find-config.ts';
import type { Json } from '../domain/json.ts';
import type { AuditReport } from '../domain/report.ts';
import type { ManifestCheck, Rerun, Verification } from '../domain/verification.ts';
import { AuditError } from '../errors.ts';
import { valueDifferences } from '../report/value-differences.ts';
import { VERIFY_FORMATS } from '../report/verify-formats.ts';
import { RECORDED, type RerunEnvironment, runAgain, verifyManifest } from '../verify-results.ts';
import { EXIT } from './exit.ts';
import type { VerifyFlags } from './flags.ts';
import { checkOutputs, parseOutputs, writeTexts } from './output.ts';
import { openProcessFolder } from './process-folder.ts';
import { readResults } from './read-results.ts';
import { refuseInputs } from './refuse-inputs.ts';
import { sourceRoot } from './source-root.ts';

/** Runs `traitleak verify`; returns the exit status: 1 when anything is not what it was. */
export async function runVerify(
  path: string,
  { format, rerun, root, verbose, dpSecretFile }: VerifyFlags,
): Promise<number> {
  const requests = parseOutputs(format ?? [], process.cwd(), Object.keys(VERIFY_FORMATS));
  await checkOutputs(requests);
  await refuseInputs(requests, [resolve(path)]);
  const whole = rerun === true ? await readResults(path) : undefined;
  const report = whole ?? (await readResults(path, ['generatedAt', ...RECORDED]));
  const from = root === undefined ? await sourceRoot(process.cwd()) : resolve(root);
  if (!(await isFolder(from))) throw new AuditError('E_USAGE', `--root ${root}: there is no such folder.`);
  const checks = await verifyManifest(report, from);
  const secret = dpSecretFile === undefined ? {} : { dpSecretFile: resolve(dpSecretFile) };
  const again = whole === undefined ? null : await compareAgain(whole, checks, { root: from, ...secret });
  const same = isSame(checks) && (again?.differences ?? []).length === 0;
  const verification: Verification = { generatedAt: report.generatedAt, same, checks, rerun: again };
  await writeTexts(
    requests,
    { verbose: verbose === true },
    async (name, options) => VERIFY_FORMATS[name]?.(verification, options) ?? [],
  );
  return same ? EXIT.passed : EXIT.failed;
}

async function compareAgain(
  report: AuditReport,
  checks: readonly ManifestCheck[],
  environment: RerunEnvironment,
): Promise<Rerun> {
  if (!isSame(checks)) return { done: false, notCompared: [], differences: [] };
  const today = await runAgain(report, { ...environment, temporaryDirectory: openProcessFolder });
  const isNoiseLeft = report.privateCounts !== null && environment.dpSecretFile === undefined;
  const [before, now] = [report, today].map((one) => comparable(isNoiseLeft ? withoutNoise(one) : one));
  return {
    done: true,
    notCompared: isNoiseLeft ? ['privateCounts'] : [],
    differences: valueDifferences(before, now),
  };
}

/** A report as it would be if no counts with noise had been asked for. */
function withoutNoise(report: AuditReport): AuditReport {
  const { report: outputs, ...config } = report.manifest.config;
  const { dpEpsilon: _epsilon, ...rest } = outputs as Readonly<Record<string, Json>>;
  return { ...report, privateCounts: null, manifest: { ...report.manifest, config: { ...config, report: rest } } };
}

function isSame(checks: readonly ManifestCheck[]): boolean {
  return checks.every(({ state }) => state === 'ok');
}

/** A report without the version of Node.js, on which no result depends. */
function comparable({ manifest, ...rest }: AuditReport): unknown {
  return { ...rest, manifest: { ...manifest, node: '' } };
}
