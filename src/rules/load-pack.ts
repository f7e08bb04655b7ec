import { dirname, posix } from 'node:path';
import { didYouMean } from '../did-you-mean.ts';
import type { SourceLocation } from '../domain/location.ts';
import { compareText } from '../domain/order.ts';
import { AuditError } from '../errors.ts';
import { textDigest } from '../ingest/digest.ts';
import type { PackSource, RulePack } from './pack.ts';
import { type PackFile, readPackFile } from './pack-file.ts';
import { traitNotices } from './pack-notices.ts';
import { findPack, type PackPlace, shippedPacks, shippedPlace } from './pack-place.ts';
import { resolveRules, specialTraitsOf } from './resolve-rules.ts';

/** Packs that build on packs that build on packs: more than this is a mistake. */
const LARGEST_DEPTH = 10;

/**
 * Loads a rule pack with everything that it is built on.
 *
 * @param reference - name of a shipped pack, path of a pack file, or name of an npm package
 * @param folder - folder that a path is relative to, and from which packages are looked for upwards
 * @throws {AuditError} E_PACK_NOT_FOUND; E_PACK_INVALID with file, line and column
 */
export async function loadPack(reference: string, folder: string): Promise<RulePack> {
  return new PackLoader().load(await findPack(reference, folder));
}

/** Loads several packs, each file once; see `loadPack`. */
export async function loadPacks(references: readonly string[], folder: string): Promise<readonly RulePack[]> {
  const loader = new PackLoader();
  const packs: RulePack[] = [];
  for (const reference of references) packs.push(await loader.load(await findPack(reference, folder)));
  return packs;
}

/** A pack that is being loaded, and the one that asked for it. */
interface Chain {
  readonly path: string;
  readonly shown: string;
  readonly asker?: Chain;
}

class PackLoader {
  readonly #loaded = new Map<string, RulePack>();

  async load(place: PackPlace, asker?: Chain): Promise<RulePack> {
    const known = this.#loaded.get(place.path);
    if (known !== undefined) return known;
    const pack = await this.#build(await readPackFile(place), { ...place, ...(asker === undefined ? {} : { asker }) });
    this.#loaded.set(place.path, pack);
    return pack;
  }

  async #build(file: PackFile, chain: Chain): Promise<RulePack> {
    const { stated, place, sha256, locate } = file;
    const references = [stated.extends ?? []].flat();
    const extended: RulePack[] = [];
    for (const [index, reference] of references.entries()) {
      const location = typeof stated.extends === 'string' ? locate(['extends']) : locate(['extends', index]);
      extended.push(await this.#loadFor(chain, reference, location));
    }
    const basedOn = await this.#loadBases(file, chain, extended);
    const { rules, off } = resolveRules(file, extended, basedOn);
    const sources = [...extended, ...basedOn.values()].flatMap((pack) => [toSource(pack), ...pack.builtOn]);
    const builtOn = [...new Map(sources.map((source) => [source.path, source])).values()].sort((a, b) =>
      compareText(a.shown, b.shown),
    );
    return {
      id: stated.id,
      version: stated.version,
      title: stated.title,
      description: stated.description ?? '',
      jurisdiction: stated.jurisdiction ?? null,
      ...(stated.effective === undefined ? {} : { effective: stated.effective }),
      specialTraits: specialTraitsOf(file, extended),
      rules,
      off,
      extends: extended,
      builtOn,
      path: place.path,
      shown: place.shown,
      sha256,
      digest: digestOf(sha256, builtOn),
      notices: [...extended.flatMap((pack) => pack.notices), ...traitNotices(file)],
    };
  }

  /** Loads a pack that another one names. */
  async #loadFor(asker: Chain, reference: string, location: SourceLocation): Promise<RulePack> {
    let place: PackPlace | undefined;
    try {
      place = await findPack(reference, dirname(asker.path), posix.dirname(asker.shown));
      refuseCircle(asker, place, location);
      return await this.load(place, asker);
    } catch (error) {
      if (!(error instanceof AuditError)) throw error;
      if (error.location === undefined)
        throw new AuditError(error.code, error.message, { location, hint: error.hint, cause: error });
      const isUnread = error.code.startsWith('E_INPUT_') && error.location.file === place?.shown;
      if (!isUnread) throw error;
      throw new AuditError('E_PACK_NOT_FOUND', `The pack "${reference}" cannot be read: ${error.message}`, {
        location,
        hint: 'A path is relative to the file that names it.',
        cause: error,
      });
    }
  }

  /** Loads the shipped packs that rules are based on and that are not extended, by their ids. */
  async #loadBases(
    { stated, locate }: PackFile,
    chain: Chain,
    extended: readonly RulePack[],
  ): Promise<ReadonlyMap<string, RulePack>> {
    const shipped = await shippedPacks();
    const bases = new Map<string, RulePack>();
    for (const [index, { basedOn }] of (stated.rules ?? []).entries()) {
      const name = basedOn?.includes('/') ? basedOn.split('/')[0] : undefined;
      if (name === undefined || name === stated.id || bases.has(name)) continue;
      if (extended.some(({ id }) => id === name)) continue;
      const location = locate(['rules', index, 'basedOn']);
      if (!shipped.includes(name)) {
        const known = [...shipped, ...extended.map(({ id }) => id)];
        throw new AuditError(
          'E_PACK_INVALID',
          `"${name}" is neither a shipped pack nor one that this pack extends.${didYouMean(name, known)}`,
          { location },
        );
      }
      const place = shippedPlace(name);
      refuseCircle(chain, place, location);
      bases.set(name, await this.load(place, chain));
    }
    return bases;
  }
}

/** Refuses packs that build on each other in a circle, or too deep. */
function refuseCircle(asker: Chain, place: PackPlace, location: SourceLocation): void {
  const shown = [place.shown];
  for (let link: Chain | undefined = asker; link !== undefined; link = link.asker) {
    shown.unshift(link.shown);
    if (link.path === place.path) {
      throw new AuditError('E_PACK_INVALID', `The packs build on each other in a circle: ${shown.join(' -> ')}.`, {
        location,
        hint: 'Take this reference out, or move the common rules into a pack of their own.',
      });
    }
  }
  if (shown.length > LARGEST_DEPTH) {
    throw new AuditError(
      'E_PACK_INVALID',
      `The packs build on each other more than ${LARGEST_DEPTH} deep: ${shown.join(' -> ')}.`,
      { location, hint: 'Extend the pack with the rules directly.' },
    );
  }
}

function toSource({ id, version, path, shown, sha256 }: RulePack): PackSource {
  return { id, version, path, shown, sha256 };
}

/** A pack that stands alone has the digest of its file. Where the files lie makes no difference. */
function digestOf(sha256: string, builtOn: readonly PackSource[]): string {
  if (builtOn.length === 0) return sha256;
  return textDigest([sha256, ...builtOn.map((source) => source.sha256).sort(compareText)].join('\n'));
}
