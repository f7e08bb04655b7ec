import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Edition } from '../config/config.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Pieces } from '../domain/pieces.ts';
import type { AuditReport } from '../domain/report.ts';
import { AuditError, messageOf } from '../errors.ts';
import { type FormatOptions, PLAIN } from '../report/format.ts';
import { FORMATS } from '../report/formats/index.ts';
import { PUBLISHABLE_FORMATS } from '../report/formats/publishable.ts';
import { publishable } from '../report/publishable-report.ts';
import { placeOf, stageFiles, unwritable } from './stage-files.ts';
import { styleFor, widthOf } from './terminal.ts';

/** Where a report goes, and in which format. */
export interface OutputRequest {
  readonly format: string;
  /** Absolute path; undefined for stdout. */
  readonly path?: string;
}

const FILE_WIDTH = 80;

/**
 * Reads `-f FORMAT[=PATH]` options, before anything is run.
 *
 * @param options - as given; none means text on stdout
 * @param known - formats that the command has
 * @throws {AuditError} E_USAGE for an unknown format, or when two formats or two files are the same place
 */
export function parseOutputs(
  options: readonly string[],
  workingDirectory: string,
  known: readonly string[] = Object.keys(FORMATS),
): readonly OutputRequest[] {
  const requests = (options.length === 0 ? ['text'] : options).map((option) => {
    const split = option.indexOf('=');
    const format = split < 0 ? option : option.slice(0, split);
    const path = split < 0 ? undefined : option.slice(split + 1);
    if (!known.includes(format)) {
      throw new AuditError(
        'E_USAGE',
        `There is no format "${format}".${didYouMean(format, known)} Formats: ${known.join(', ')}.`,
      );
    }
    if (path === '') throw new AuditError('E_USAGE', `-f ${option}: no file is named after the "=".`);
    return path === undefined || path === '-' ? { format } : { format, path: resolve(workingDirectory, path) };
  });
  const places = requests.map((request) => ('path' in request ? request.path : 'stdout'));
  const repeated = places.find((place, index) => places.indexOf(place) !== index);
  if (repeated !== undefined) throw new AuditError('E_USAGE', `Two outputs go to the same place: ${repeated}.`);
  return requests;
}

/** Makes sure that every named file can be written, before the work begins. */
export async function checkOutputs(requests: readonly OutputRequest[]): Promise<void> {
  const places = new Set<string>();
  for (const { path } of requests) {
    if (path === undefined) continue;
    const place = await placeOf(path);
    if (places.has(place)) throw new AuditError('E_USAGE', `Two outputs go to the same place: ${path}.`);
    places.add(place);
    const folder = await stat(dirname(place)).catch(() => undefined);
    if (!folder?.isDirectory())
      throw new AuditError('E_OUTPUT', `The folder of the output does not exist: ${dirname(place)}.`);
    const target = await stat(path).catch(() => undefined);
    if (target?.isDirectory()) throw new AuditError('E_OUTPUT', `The output is a folder, not a file: ${path}.`);
    if (target === undefined || target.isFile()) await requireWritable(dirname(place));
  }
}

async function requireWritable(folder: string): Promise<void> {
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new AuditError('E_OUTPUT', `Nothing can be written in the folder of the output: ${messageOf(cause)}.`, {
      hint: 'Name another folder, or get the right to write in this one.',
      cause,
    });
  });
}

/** Flags that change how a report is written, the same for every command that writes one. */
export interface WritingFlags {
  readonly verbose?: boolean;
  readonly omitWaived?: boolean;
}

/** Writes a report to every requested place, or, when one of them fails, to none. */
export async function writeOutputs(
  report: AuditReport,
  requests: readonly OutputRequest[],
  { edition, ...flags }: WritingFlags & { readonly edition: Edition },
): Promise<void> {
  requirePublishable(requests, edition);
  await writeTexts(requests, flags, (format, options) =>
    edition === 'publishable' ? publish(report, format) : write(report, format, options),
  );
}

/**
 * Writes a text to every requested place: every file whole beside its place, then stdout, then every file into its place. Texts that grow
 * with the audit are made piece by piece while they are written.
 */
export async function writeTexts(
  requests: readonly OutputRequest[],
  { verbose = false, omitWaived = false }: WritingFlags,
  render: (format: string, options: FormatOptions) => Promise<Pieces>,
): Promise<void> {
  const outputs: { path: string | undefined; text: Pieces }[] = [];
  for (const { format, path } of requests) {
    const isFile = path !== undefined;
    const text = await render(format, {
      style: isFile ? PLAIN : styleFor(process.stdout),
      width: isFile ? FILE_WIDTH : widthOf(process.stdout),
      verbose: verbose || isFile,
      omitWaived,
    });
    outputs.push({ path, text });
  }
  const staged = await stageFiles(outputs.flatMap(({ path, text }) => (path === undefined ? [] : [{ path, text }])));
  try {
    for (const { path, text } of outputs) if (path === undefined) await writeStdout(text);
  } catch (error) {
    await staged.discard();
    throw error;
  }
  await staged.publish();
}

async function write(report: AuditReport, format: string, options: FormatOptions): Promise<Pieces> {
  const load = FORMATS[format];
  if (load === undefined) throw new AuditError('E_USAGE', `There is no format "${format}".`);
  return (await load())(report, options);
}

async function publish(report: AuditReport, format: string): Promise<Pieces> {
  const load = PUBLISHABLE_FORMATS[format];
  if (load === undefined) throw new AuditError('E_USAGE', `There is no publishable edition of ${format}.`);
  return (await load())(publishable(report));
}

/**
 * Refuses formats that have no publishable edition, before anything is run.
 *
 * @throws {AuditError} E_USAGE
 */
export function requirePublishable(requests: readonly OutputRequest[], edition: Edition): void {
  if (edition === 'restricted') return;
  const refused = requests.map(({ format }) => format).filter((format) => !Object.hasOwn(PUBLISHABLE_FORMATS, format));
  if (refused.length === 0) return;
  throw new AuditError(
    'E_USAGE',
    `There is no publishable edition of ${[...new Set(refused)].join(', ')}: which segment stands for which trait is what it is made of.`,
    {
      hint: `Publishable: ${Object.keys(PUBLISHABLE_FORMATS)
        .map((format) => `-f ${format}`)
        .join(
          ', ',
        )}. For both editions, save the restricted results with --edition restricted -f json=results.json, then: traitleak report results.json --edition publishable -f html=public.html`,
    },
  );
}

/**
 * Writes text to stdout and waits until it is taken. A piece is made when the one before is taken. A reader that has gone away (`| head`) is
 * not an error; no more is made for it.
 */
export async function writeStdout(text: string | Pieces): Promise<void> {
  for (const piece of typeof text === 'string' ? [text] : text) {
    const isTaken = await new Promise<boolean>((done, fail) => {
      process.stdout.write(piece, (error) => {
        if (!error) done(true);
        else if ((error as NodeJS.ErrnoException).code === 'EPIPE') done(false);
        else fail(unwritable('stdout', error));
      });
    });
    if (!isTaken) return;
  }
}
