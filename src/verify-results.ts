import { resolve } from 'node:path';
import { audit } from './audit.ts';
import type { AuditEnvironment } from './audit-environment.ts';
import { parseConfig } from './config/parse-config.ts';
import type { AuditReport } from './domain/report.ts';
import type { ManifestCheck } from './domain/verification.ts';
import { AuditError } from './errors.ts';
import { fileDigest, textDigest } from './ingest/digest.ts';
import { loadLexicons } from './ingest/load-lexicons.ts';
import { readText } from './ingest/read-text.ts';
import { shippedPacks, shippedPlace } from './rules/pack-place.ts';
import { toolVersion } from './version.ts';

/** Parts of a report that record what it rests on. */
export const RECORDED = ['tool', 'inputs', 'packs', 'manifest'] as const;

type Recorded = Pick<AuditReport, (typeof RECORDED)[number]>;

/**
 * Compares everything that results rest on with what is there now: the version of the program, every input (also the config, waivers and
 * baseline), every pack and every lexicon, by SHA-256.
 *
 * @param root - absolute path of the folder that the report's paths are counted from
 */
export async function verifyManifest(report: Recorded, root: string): Promise<readonly ManifestCheck[]> {
  const folder = resolve(root, report.manifest.folder);
  const inputs = report.inputs.map(async ({ role, path, sha256 }) => ({
    what: role,
    path,
    state: await stateOf([() => fileDigest({ path: inputPath(folder, role, path), shown: path })], sha256),
  }));
  const packs = [...report.packs, ...report.packs.flatMap(({ builtOn }) => builtOn)];
  const distinct = [...new Map(packs.map((pack) => [pack.path, pack])).values()];
  const packFiles = distinct.map(async ({ path, sha256 }) => ({
    what: 'pack',
    path,
    state: await stateOf(await packDigests(folder, path), sha256),
  }));
  return [versionCheck(report), ...(await Promise.all([...inputs, ...packFiles])), ...(await lexiconChecks(report))];
}

/** What an audit that is run again takes from outside. */
export interface RerunEnvironment extends Omit<AuditEnvironment, 'now'> {
  /** Folder that the report's paths are counted from. */
  readonly root: string;
  /** Where the secret of noisy counts lies, which results do not say; without it, no such counts are made. */
  readonly dpSecretFile?: string;
}

/**
 * Runs the audit again with the recorded config at the recorded time.
 *
 * @returns the report of today, to be compared with the recorded one
 * @throws {AuditError} whatever the audit throws
 */
export async function runAgain(
  report: AuditReport,
  { dpSecretFile, ...environment }: RerunEnvironment,
): Promise<AuditReport> {
  const { root } = environment;
  const folder = resolve(root, report.manifest.folder);
  const recorded = report.inputs.find(({ role }) => role === 'config')?.path;
  const file = recorded === undefined ? {} : { file: { path: inputPath(folder, 'config', recorded), shown: recorded } };
  const config = parseConfig(report.manifest.config, { folder, ...file });
  const { dpEpsilon, ...outputs } = config.report;
  const noise = dpEpsilon === undefined || dpSecretFile === undefined ? {} : { dpEpsilon, dpSecretFile };
  return audit({ ...config, report: { ...outputs, ...noise } }, { ...environment, now: new Date(report.generatedAt) });
}

/** The config is recorded by its path from the working directory of then; it lies in the folder of all other paths. */
function inputPath(folder: string, role: string, path: string): string {
  return resolve(folder, role === 'config' ? (path.split(/[\\/]/).at(-1) ?? path) : path);
}

function versionCheck({ tool }: Recorded): ManifestCheck {
  const now = toolVersion();
  const isSame = now.name === tool.name && now.version === tool.version;
  return { what: 'tool', path: `${tool.name} ${tool.version}`, state: isSame ? 'ok' : 'changed' };
}

/** A path such as `rules/packs/strict.yaml` is that of a shipped pack, or of one in the user's own folder of that name. */
async function packDigests(folder: string, path: string): Promise<readonly (() => Promise<string>)[]> {
  const digestOf = (file: string) => async (): Promise<string> => textDigest(await readText(file, path));
  const shipped = (await shippedPacks()).map(shippedPlace).find(({ shown }) => shown === path);
  return [...(shipped === undefined ? [] : [digestOf(shipped.path)]), digestOf(resolve(folder, path))];
}

async function stateOf(
  candidates: readonly (() => Promise<string>)[],
  sha256: string,
): Promise<ManifestCheck['state']> {
  let state: ManifestCheck['state'] = 'missing';
  for (const digest of candidates) {
    try {
      if ((await digest()) === sha256) return 'ok';
      state = 'changed';
    } catch (error) {
      if (!(error instanceof AuditError)) throw error;
      // There, but no text any more, or not to be read: it is not what it was.
      if (error.code !== 'E_INPUT_MISSING') state = 'changed';
    }
  }
  return state;
}

async function lexiconChecks({ manifest }: Recorded): Promise<readonly ManifestCheck[]> {
  const now = new Map((await loadLexicons()).record.files.map(({ id, sha256 }) => [id, sha256]));
  const recorded = manifest.lexicons.files.map(({ id, sha256 }): ManifestCheck => {
    const digest = now.get(id);
    return {
      what: 'lexicon',
      path: id,
      state: digest === undefined ? 'missing' : digest === sha256 ? 'ok' : 'changed',
    };
  });
  const known = new Set(manifest.lexicons.files.map(({ id }) => id));
  const added = [...now.keys()].filter((id) => !known.has(id));
  return [...recorded, ...added.map((id): ManifestCheck => ({ what: 'lexicon', path: id, state: 'changed' }))];
}
