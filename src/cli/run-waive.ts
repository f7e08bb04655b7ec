import { resolve } from 'node:path';
import { DEFAULT_MIN_CELL } from '../config/config.ts';
import { nearest } from '../did-you-mean.ts';
import type { Finding } from '../domain/finding.ts';
import type { AuditReport } from '../domain/report.ts';
import type { WaiverEntry } from '../domain/waiver.ts';
import { AuditError } from '../errors.ts';
import { expiryState, parseDay } from '../gate/expiry.ts';
import { readText } from '../ingest/read-text.ts';
import { parseWaivers } from '../ingest/waivers.ts';
import { evidenceToAccept } from '../report/accepted-evidence.ts';
import { formatCount } from '../wording/format-number.ts';
import type { WaiveFlags } from './flags.ts';
import { checkOutputs } from './output.ts';
import { readResults } from './read-results.ts';
import { refuseInputs } from './refuse-inputs.ts';
import { reportTime } from './report-time.ts';
import { writeAtomically } from './stage-files.ts';
import { addEntries, type NewWaiver, replaceEntries } from './waiver-text.ts';
import { writeNote } from './write-note.ts';

/** What a waiver is made from. */
const PARTS = [
  'findings',
  'segments',
  'manifest',
  'associations',
  'pseudoSegments',
  'probabilities',
  'leakage',
  'compositions',
] as const;

/**
 * Runs `traitleak waive`: adds an entry for each finding, or with `--renew` puts new ones in the place of those that are there.
 *
 * @throws {AuditError} E_USAGE for an empty reason or owner, a last day that is no date or past, a finding that is waived already;
 *   E_FINDING_NOT_FOUND with the fingerprint that was meant. Nothing is written then
 */
export async function runWaive(fingerprints: readonly string[], flags: WaiveFlags): Promise<void> {
  checkFlags(flags);
  const report = await readResults(flags.from, PARTS);
  const evidenceOf = evidenceToAccept(report);
  const findings = [...new Set(fingerprints)].map((wanted) => findFinding(report, wanted));
  const waivers = findings.map((finding): NewWaiver => {
    const { reason, owner, expires, approver, ticket } = flags;
    return {
      fingerprint: finding.fingerprint,
      reason,
      owner,
      ...(approver === undefined ? {} : { approver }),
      expires,
      ...(ticket === undefined ? {} : { ticket }),
      evidence: evidenceOf(finding),
    };
  });
  const path = resolve(flags.to);
  const requests = [{ format: 'yaml', path }];
  await checkOutputs(requests);
  await refuseInputs(requests, [resolve(flags.from)]);
  const text = await readExisting(path, flags.to);
  const present = new Map(parseWaivers(text, flags.to).map((entry) => [entry.fingerprint, entry]));
  const isOld = ({ fingerprint }: NewWaiver): boolean => present.has(fingerprint);
  if (flags.renew !== true) refusePresent(waivers, present);
  const renewed = replaceEntries(text, waivers.filter(isOld));
  const written = addEntries(
    renewed,
    waivers.filter((waiver) => !isOld(waiver)),
  );
  // What was written must be what was meant, whatever the file looked like before.
  parseWaivers(written, flags.to);
  await writeAtomically(path, written);
  writeNote(
    `${flags.to}: ${formatCount(waivers.length)} ${waivers.length === 1 ? 'finding is' : 'findings are'} waived until ${flags.expires}`,
  );
  const { minCell } = report.manifest.thresholds;
  if (minCell < DEFAULT_MIN_CELL && waivers.some(({ evidence }) => evidence.effect !== undefined)) {
    writeNote(
      `the results show groups from ${minCell} people on, and ${flags.to} has their figures now: keep it from whom they may not reach`,
    );
  }
}

function checkFlags({ reason, owner, approver, ticket, expires }: WaiveFlags): void {
  for (const [flag, text] of Object.entries({ reason, owner, approver, ticket })) {
    if (text?.trim() === '')
      throw new AuditError('E_USAGE', `--${flag} is empty.`, {
        hint: 'A waiver says why it is there, and who answers for it.',
      });
  }
  if (parseDay(expires) === undefined) {
    throw new AuditError('E_USAGE', `--expires ${expires}: expected a day such as 2027-03-31.`);
  }
  if (expiryState(expires, reportTime()) === 'expired') {
    throw new AuditError('E_USAGE', `--expires ${expires}: this day is past.`);
  }
}

function findFinding({ findings }: Pick<AuditReport, 'findings'>, wanted: string): Finding {
  const found = findings.find(({ fingerprint }) => fingerprint === wanted);
  if (found !== undefined) return found;
  const byPrefix =
    wanted.length >= 4 ? findings.filter(({ fingerprint }) => fingerprint.startsWith(wanted.toLowerCase())) : [];
  const all = findings.map(({ fingerprint }) => fingerprint);
  const near = byPrefix.length === 0 ? nearest(wanted, all) : undefined;
  const meant = near === undefined ? byPrefix : findings.filter(({ fingerprint }) => fingerprint === near);
  const [only] = meant;
  if (only === undefined) throw new AuditError('E_FINDING_NOT_FOUND', `No finding has the fingerprint "${wanted}".`);
  const suggestions = meant
    .slice(0, 5)
    .map(({ fingerprint, rule, segment }) => `"${fingerprint}" (${rule} on segment ${segment})`);
  throw new AuditError(
    'E_FINDING_NOT_FOUND',
    `No finding has the fingerprint "${wanted}". Did you mean ${suggestions.join(' or ')}?`,
  );
}

function refusePresent(waivers: readonly NewWaiver[], present: ReadonlyMap<string, WaiverEntry>): void {
  for (const { fingerprint } of waivers) {
    const entry = present.get(fingerprint);
    if (entry === undefined) continue;
    throw new AuditError('E_USAGE', `The finding ${fingerprint} is waived already, until ${entry.expires}.`, {
      location: entry.location,
      hint: 'Change the entry, or give --renew to put a new one in its place.',
    });
  }
}

async function readExisting(path: string, shown: string): Promise<string> {
  try {
    return await readText(path, shown);
  } catch (error) {
    if (error instanceof AuditError && error.code === 'E_INPUT_MISSING') return '';
    throw error;
  }
}
