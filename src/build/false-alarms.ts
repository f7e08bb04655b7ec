import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { measureFalseAlarms } from '../cases/measure-false-alarms.ts';
import { compareText } from '../domain/order.ts';
import { textDigest } from '../ingest/digest.ts';
import { loadLexicons } from '../ingest/load-lexicons.ts';
import { loadFalseAlarms, type MeasuredFalseAlarms } from '../rules/false-alarms.ts';
import { loadPacks } from '../rules/load-pack.ts';
import { shippedPacks } from '../rules/pack-place.ts';
import { FALSE_ALARMS_FILE, PACKS_FOLDER, RAW_INPUTS_FILE } from '../shipped-files.ts';

/** Compiled code that decides what a rule finds. Counting is left out: it has one right answer. */
const DECISIVE = /^(evidence|rules|statistics|text)[\\/]/;

/**
 * Measures how often shipped rules fire where they should not, and writes it beside the compiled code. Does nothing when neither packs nor
 * lexicons nor decisive code have changed since the last time.
 */
export async function writeFalseAlarms(): Promise<void> {
  const lexicons = await loadLexicons();
  const basis = await basisOf(lexicons.record.sha256);
  if ((await loadFalseAlarms())?.basis === basis) return;
  const packs = await loadPacks(await shippedPacks(), PACKS_FOLDER);
  const folder = await mkdtemp(join(tmpdir(), 'traitleak-'));
  try {
    const measured: MeasuredFalseAlarms = { basis, rules: await measureFalseAlarms(packs, { lexicons, folder }) };
    await writeFile(FALSE_ALARMS_FILE, `${JSON.stringify(measured)}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function basisOf(lexicons: string): Promise<string> {
  const dist = dirname(FALSE_ALARMS_FILE);
  const code = await readdir(dist, { recursive: true });
  const decisive = code.filter((file) => file.endsWith('.js') && DECISIVE.test(file)).map((file) => join(dist, file));
  const packs = (await readdir(PACKS_FOLDER)).map((file) => join(PACKS_FOLDER, file));
  const files = [...decisive, ...packs, RAW_INPUTS_FILE].sort(compareText);
  const digests = await Promise.all(
    files.map(async (file) => `${relative(dist, file)} ${textDigest(await readFile(file, 'utf8'))}`),
  );
  return textDigest([lexicons, ...digests].join('\n'));
}
